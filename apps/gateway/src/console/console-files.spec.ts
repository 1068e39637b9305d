import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import express from 'express';
import { securityHeaders } from '../http/security-headers.js';
import { frontendFiles } from './console-files.js';
import { noncePlaceholder } from './console-page.js';

const script = 'console.info("hola");';
let home: string;
let folder: string;
let server: Server;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'relevo-console-'));
  folder = join(home, 'app');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), `<link rel="stylesheet" href="/app/assets/a.css" nonce="${noncePlaceholder}"><p>Relevo</p>`);
  writeFileSync(join(folder, 'assets', 'a-1.js'), script);
  writeFileSync(join(folder, 'assets', 'a-1.js.br'), brotliCompressSync(script));
  for (const suffix of ['', '.br']) writeFileSync(join(folder, '..', `secret.json${suffix}`), '{"outside":1}');
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const app = express();
  app.use(securityHeaders);
  app.use('/app', frontendFiles(folder));
  app.use('/without', frontendFiles(join(folder, 'assets')));
  await new Promise<void>((resolve) => (server = app.listen(0, '127.0.0.1', () => resolve())));
});

afterAll(() => {
  server.close();
  rmSync(home, { recursive: true, force: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Not `fetch`: it makes a path like `/app/../x` plain before it is sent. */
const ask = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    get({ host: '127.0.0.1', port, path, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    }).on('error', reject);
  });

describe('the page', () => {
  it.each(['/app/', '/app/?tray=mine', '/app/c/42', '/app/nothing/here', '/app/login'])('is at %s, asked for each time', async (path) => {
    const { status, headers, body } = await ask(path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    expect(body.toString()).toContain('Relevo');
  });

  it('lets no script run that is not a file of ours', async () => {
    const { headers } = await ask('/app/');
    const directives = new Map(String(headers['content-security-policy']).split('; ').map((line) => [line.split(' ')[0], line.split(' ').slice(1)]));
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'"]);
    expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
    expect(String(headers['content-security-policy'])).not.toMatch(/unsafe|\*|http/);
  });

  it('has a nonce for its styles, another one each time', async () => {
    const nonces = await Promise.all(
      ['/app/', '/app/'].map(async (path) => {
        const { headers, body } = await ask(path);
        const [, nonce = ''] = /style-src 'self' 'nonce-([\w-]{20,})'/.exec(String(headers['content-security-policy'])) ?? [];
        expect(body.toString()).toContain(`nonce="${nonce}"`);
        expect(body.toString()).not.toContain(noncePlaceholder);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  it('is one folder further for whoever forgets the slash', async () => {
    expect(await ask('/app?tray=mine')).toMatchObject({ status: 308, headers: { location: '/app/?tray=mine' } });
  });
});

describe('files', () => {
  it('that are named after their content are kept for good', async () => {
    const { status, headers, body } = await ask('/app/assets/a-1.js');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' });
    expect(headers['content-type']).toMatch('text/javascript');
    expect(body.toString()).toBe(script);
  });

  it('come compressed to whoever takes that', async () => {
    const { headers, body } = await ask('/app/assets/a-1.js', { 'accept-encoding': 'gzip, br' });
    expect(headers).toMatchObject({ 'content-encoding': 'br', 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' });
    expect(brotliDecompressSync(body).toString()).toBe(script);
    const other = await ask('/app/assets/a-1.js', { 'accept-encoding': 'gzip' });
    expect(other.headers['content-encoding']).toBeUndefined();
    expect(other.body.toString()).toBe(script);
  });

  it('others are asked for again after an hour', async () => {
    expect(await ask('/app/icon.svg')).toMatchObject({ status: 200, headers: { 'cache-control': 'public, max-age=3600', 'content-type': 'image/svg+xml' } });
  });

  it.each(['/app/assets/..%2f..%2fsecret.json', '/app/assets/../../secret.json', '/app/..%2fsecret.json', '/app/%2e%2e/secret.json'])('%s leads nowhere outside', async (path) => {
    expect((await ask(path, { 'accept-encoding': 'br' })).body.toString()).not.toContain('outside');
  });

  it('of another build are not found', async () => {
    expect(await ask('/app/assets/a-2.js', { 'accept-encoding': 'br' })).toMatchObject({ status: 404 });
  });
});

it('a gateway without a console has nothing there', async () => {
  expect(await ask('/without/')).toMatchObject({ status: 404 });
});
