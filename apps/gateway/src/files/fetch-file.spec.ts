import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { attachmentLimits } from '@relevo/contracts';
import { Reach } from '@relevo/platform';
import { fetchFile, NotFetched } from './fetch-file.js';

describe('a URL that somebody outside names', () => {
  let server: Server;
  let host: string;
  const asked: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const to = new URL(request.url ?? '', 'http://x').searchParams.get('to');
      if (to !== null) response.writeHead(302, { location: to }).end();
      else if (request.url === '/missing') response.writeHead(404).end();
      else if (request.url === '/busy') response.writeHead(503).end();
      else if (request.url === '/huge') response.writeHead(200, { 'content-length': attachmentLimits.bytes + 1 }).flushHeaders();
      else response.end('contenido');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  const get = (url: string, within = host) => fetchFile(url, new Reach(within), AbortSignal.timeout(15_000));

  it('is fetched from a trusted host, over redirects as well', async () => {
    expect(await text(await get(`http://${host}/`))).toBe('contenido');
    expect(await text(await get(`http://${host}/?to=/otra`))).toBe('contenido');
  });

  it('that leads inside is not connected to, by address, by name or by redirect', async () => {
    const { port } = server.address() as AddressInfo;
    const before = asked.length;
    for (const url of [`http://${host}/`, `http://localhost:${port}/`, `http://[::ffff:127.0.0.1]:${port}/`, `http://2130706433:${port}/`, `http://0x7f.1:${port}/`, 'http://169.254.169.254/latest/meta-data']) {
      await expect(get(url, '')).rejects.toThrow(NotFetched);
    }
    expect(asked).toHaveLength(before);
    for (const to of [`http://localhost:${port}/secreto`, 'http://169.254.169.254/', 'file:///etc/passwd']) {
      await expect(get(`http://${host}/?to=${encodeURIComponent(to)}`)).rejects.toThrow(NotFetched);
    }
    expect(asked.filter((path) => path === '/secreto')).toEqual([]);
  });

  it('that says to have more than 40 MB is refused before any of them come', async () => {
    await expect(get(`http://${host}/huge`)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('that does not give its file is refused, or asked for again later', async () => {
    await expect(get(`http://${host}/missing`)).rejects.toThrow('answered 404');
    await expect(get(`http://${host}/busy`)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(get(`http://${host}/?to=${encodeURIComponent(`http://${host}/?to=/`)}`)).resolves.toBeDefined();
    await expect(get('http://127.0.0.1:9/', '127.0.0.1:9')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(get('http://user:pass@example.com/')).rejects.toThrow(NotFetched);
  });
});
