import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { closeServer } from './close-server.js';

const never = 2 ** 31 - 1;

let server: Server;
let port: number;
let agent: Agent;
let asked: Promise<ServerResponse>;

beforeEach(async () => {
  const request = Promise.withResolvers<ServerResponse>();
  asked = request.promise;
  // Connections are kept for ever.
  server = createServer({ keepAliveTimeout: 0 }, (_, response) => request.resolve(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  agent = new Agent({ keepAlive: true });
});

afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
});

const ask = async (): Promise<IncomingMessage> => {
  const [answer] = (await once(get({ port, agent, host: '127.0.0.1' }), 'response')) as [IncomingMessage];
  return answer;
};
const bodyOf = async (answer: IncomingMessage): Promise<string> => (await answer.setEncoding('utf8').toArray()).join('');

it('ends when what was asked has its answer, though the connection would be kept', async () => {
  const answer = ask();
  const response = await asked;
  response.write('the first part');
  const closed = once(server, 'close');
  closeServer(server, never);
  response.end(', and the last');
  expect(await bodyOf(await answer)).toBe('the first part, and the last');
  await closed;
  expect(server.listening).toBe(false);
});

it('cuts, when its time is over, what has no answer and what never asked', async () => {
  const silent = connect(port, '127.0.0.1');
  await once(server, 'connection');
  const cut = once(silent, 'close');
  const refused = expect(ask()).rejects.toThrow('socket hang up');
  await asked;
  const closed = once(server, 'close');
  closeServer(server, 0);
  await Promise.all([cut, refused, closed]);
});
