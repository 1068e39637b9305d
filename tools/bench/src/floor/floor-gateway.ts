// The floor of a gateway: Socket.IO, one request over NATS, one consumer of the stream. Nobody is authenticated, nothing is
// validated, everybody gets everything.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeliverPolicy, jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Server } from 'socket.io';
import { connectionOf } from './connection.js';
import { given, ready } from './environment.js';
import { type FloorSend, floor } from './words.js';

const nats = await connect(connectionOf(given('NATS_URL'), 'floor-gateway'));
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false, httpCompression: false });

io.on('connection', (socket) => {
  socket.on('message.send', (body: FloorSend, acknowledge: (answer: object) => void) => {
    void nats.request(floor.request, JSON.stringify(body)).then((answer) => acknowledge({ ok: true, data: answer.json() }));
  });
  socket.emit('ready', {});
});

async function tell(): Promise<void> {
  const consumer = await jetstream(nats).consumers.get(floor.stream, { deliver_policy: DeliverPolicy.New });
  for await (const event of await consumer.consume()) io.emit('timeline.entry', event.json());
}
void tell();

http.listen(0, '127.0.0.1', () => ready(`http://127.0.0.1:${(http.address() as AddressInfo).port}`));
