import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** A way to a database on which whatever mentions `word` is answered `delayMs` late, and everything else at once. */
export async function slowWay(databaseUrl: string, word: string, delayMs: number): Promise<{ url: string; close: () => void }> {
  const target = new URL(databaseUrl);
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    let late = Promise.resolve();
    near.on('data', (chunk: Buffer) => {
      if (chunk.includes(word)) late = pause(delayMs);
      far.write(chunk);
    });
    far.on('data', (chunk: Buffer) => void late.then(() => near.write(chunk)));
    for (const [end, other] of [[near, far], [far, near]] as const) end.on('error', () => undefined).on('close', () => other.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Else the driver learns the database's own address, and goes there.
  return { url: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/?directConnection=true`, close: () => server.close() };
}
