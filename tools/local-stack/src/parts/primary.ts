import { connect } from 'node:net';

const answerWithinMs = 2_000;
const opMsg = 2013;

/** `{hello: 1, $db: 'admin'}` as an OP_MSG. By hand: a driver takes longer to load than the database to start. */
function helloMessage(): Buffer {
  const document = Buffer.concat([
    Buffer.from('\x10hello\0\x01\0\0\0', 'latin1'),
    Buffer.from('\x02$db\0\x06\0\0\0admin\0', 'latin1'),
    Buffer.from([0]),
  ]);
  const message = Buffer.alloc(16 + 4 + 1 + 4 + document.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(1, 4);
  message.writeInt32LE(opMsg, 12);
  message.writeInt32LE(4 + document.length, 21);
  document.copy(message, 25);
  return message;
}

const isWritablePrimary = Buffer.from('\x08isWritablePrimary\0\x01', 'latin1');

/** Whether a MongoDB-compatible server on 127.0.0.1 says that it takes writes. */
export async function isPrimary(port: number): Promise<boolean> {
  const answer = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1', () => socket.write(helloMessage()));
  let reply = Buffer.alloc(0);
  socket.setTimeout(answerWithinMs, () => socket.destroy());
  socket.on('error', () => undefined);
  socket.on('close', () => answer.resolve(false));
  socket.on('data', (chunk) => {
    reply = Buffer.concat([reply, chunk]);
    if (reply.length < 4 || reply.length < reply.readInt32LE(0)) return;
    answer.resolve(reply.includes(isWritablePrimary));
    socket.destroy();
  });
  return answer.promise;
}
