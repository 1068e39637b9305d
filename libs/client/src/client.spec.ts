import { eventually } from '@relevo/testing';
import { fakeSockets } from '../test/support/fake-socket.js';
import { RelevoClient } from './client.js';
import { memoryStorage } from './session/storage.js';

/** Whatever is asked at a gateway where Ana signs in. */
const answers = { agent: { id: 'ana' }, accessToken: 'token', refreshToken: 'again', expiresIn: 3_600, workspace: {}, settings: {}, items: [], nextCursor: null };

it('is stale until what it shows is loaded, from the very moment on in which it is live', async () => {
  const { sockets, open } = fakeSockets();
  const client = new RelevoClient({ gateways: ['http://gateway'], storage: memoryStorage(), fetch: () => Promise.resolve(Response.json(answers)), openSocket: open });
  await client.start();
  await client.login({ email: 'ana@example.com', password: 'secret' });
  const socket = await eventually(() => sockets[0] ?? Promise.reject(new Error('none yet')));
  socket.ready();
  expect(client.connection.getSnapshot()).toMatchObject({ status: 'live', stale: true });
  await eventually(() => expect(client.connection.getSnapshot()).toMatchObject({ status: 'live', stale: false }));
  // Nor is it for ever, where it ends before it has begun to load.
  socket.tell('resync_required', { cursor: 'e.2' });
  client.stop();
  await client.start();
  const again = await eventually(() => sockets[1] ?? Promise.reject(new Error('none yet')));
  again.ready();
  await eventually(() => expect(client.connection.getSnapshot()).toMatchObject({ status: 'live', stale: false }));
  client.stop();
});
