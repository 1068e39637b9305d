import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { giveBackPort, takeFreePort, takePort } from './ports.js';

it('does not take a port that somebody listens on', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(takePort(port)).resolves.toBe(false);
  await expect(takeFreePort(port)).resolves.not.toBe(port);
  server.close();
  await once(server, 'close');
  await expect(takePort(port)).resolves.toBe(true);
  giveBackPort(port);
});

it('takes a port that nobody listens on yet for one alone, until it is given back', async () => {
  const port = await takeFreePort();
  await expect(takePort(port)).resolves.toBe(false);
  giveBackPort(port);
  await expect(takeFreePort(port)).resolves.toBe(port);
  // A server may listen on what was taken.
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
  giveBackPort(port);
});

it('gives each of many who ask at once a port of their own', async () => {
  const ports = await Promise.all(Array.from({ length: 200 }, () => takeFreePort()));
  expect(new Set(ports).size).toBe(ports.length);
  for (const port of ports) giveBackPort(port);
});
