import { getConnectionToken } from '@nestjs/mongoose';
import { type AttachmentView, checkOrigin } from '@relevo/contracts';
import type { Connection } from 'mongoose';
import { formOf, noise, png } from './support/form.js';
import { System } from './support/system.js';
import { shop, Visitors } from './support/visitors.js';

const desk = 'https://desk.example.com';

let system: System;
let visitors: Visitors;
let token: string;

beforeAll(async () => {
  system = await System.start(1, { ALLOWED_ORIGINS: desk });
  visitors = new Visitors(system);
  token = String((await (await visitors.connect({ options: { extraHeaders: { origin: shop } } })).hear('ready')).visitorToken);
});

afterAll(async () => {
  visitors?.close();
  await system?.stop();
});

const path = '/v1/widget/attachments';
const ask = (method: string, to: string, origin: string | null, { body, ...headers }: { body?: FormData } & Record<string, unknown> = {}): Promise<Response> =>
  fetch(`${system.url}${to}`, { method, headers: { authorization: `Bearer ${token}`, ...(origin !== null && { origin }), ...(headers as Record<string, string>) }, ...(body && { body }) });
/** As a browser asks before it sends the token of a visitor. */
const preflight = (to: string, origin: string, method = 'POST', asked = 'authorization'): Promise<Response> =>
  fetch(`${system.url}${to}`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': asked } });
const allowedBy = ({ headers }: Response): string | null => headers.get('access-control-allow-origin');
const listIn = ({ headers }: Response, name: string): string[] => (headers.get(`access-control-${name}`) ?? '').toLowerCase().split(',').map((item) => item.trim());

describe('a page that embeds a widget', () => {
  it('uploads a visitor’s file and reads it, in parts too', async () => {
    const bytes = noise(5_000);
    const uploaded = await ask('POST', path, shop, { body: formOf({ name: 'foto.bin', bytes }) });
    expect([uploaded.status, allowedBy(uploaded)]).toEqual([200, shop]);
    const { id } = (await uploaded.json()) as AttachmentView;
    const part = await ask('GET', `${path}/${id}`, shop, { range: 'bytes=0-9' });
    expect([part.status, allowedBy(part)]).toEqual([206, shop]);
    expect(listIn(part, 'expose-headers')).toEqual(expect.arrayContaining(['content-range', 'etag', 'content-disposition', 'retry-after', 'x-correlation-id']));
    for (const one of [`${path}/${id}/link`, `${path}/no-such`]) expect(allowedBy(await ask('GET', one, shop))).toBe(shop);
  });

  it('is told before it sends a token that it may, with the headers that it sends', async () => {
    for (const [method, asked] of [['POST', 'authorization'], ['POST', 'authorization,content-type'], ['GET', 'authorization,range,if-range,if-none-match'], ['DELETE', 'authorization']] as const) {
      const answer = await preflight(path, shop, method, asked);
      expect([answer.status, allowedBy(answer)]).toEqual([204, shop]);
      expect(listIn(answer, 'allow-methods')).toContain(method.toLowerCase());
      expect(listIn(answer, 'allow-headers')).toEqual(expect.arrayContaining(asked.split(',')));
    }
  });

  it('is no frontend of agents: nothing else lets it read an answer', async () => {
    for (const other of ['/v1/attachments', '/v1/conversations', '/v1/auth/login', '/v1/me', '/v1/widgets', '/healthz']) {
      expect(allowedBy(await preflight(other, shop))).toBeNull();
      expect(allowedBy(await ask('GET', other, shop))).toBeNull();
    }
  });
});

describe('pages', () => {
  it('of an allowed origin may read what visitors and agents may', async () => {
    for (const one of [path, '/v1/conversations']) expect(allowedBy(await preflight(one, desk))).toBe(desk);
  });

  it.each(['https://evil.example', `${shop}.evil.example`, `${shop}:8443`, 'http://tienda.example', 'null', '*', ''])('of %j read nothing', async (origin) => {
    for (const answer of [await preflight(path, origin), await ask('GET', `${path}/no-such`, origin)]) {
      expect(allowedBy(answer)).toBeNull();
      expect(answer.headers.get('vary')).toMatch(/origin/i);
    }
  });

  it('are never answered with *, nor with credentials', async () => {
    for (const origin of [shop, desk, 'https://evil.example', 'null']) {
      for (const answer of [await preflight(path, origin), await ask('GET', `${path}/no-such`, origin)]) {
        expect(allowedBy(answer)).not.toBe('*');
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      }
    }
  });

  it('of an origin that is not allowed leave no file behind: without an answer to their question browsers send none', async () => {
    const uploads = system.gateways[0]!.get<Connection>(getConnectionToken()).collection('uploads');
    const before = await uploads.countDocuments();
    expect(allowedBy(await preflight(path, 'https://evil.example'))).toBeNull();
    // A form alone needs no question, but then it has no token either.
    const form = await fetch(`${system.url}${path}`, { method: 'POST', body: formOf({ bytes: png }), headers: { origin: 'https://evil.example' } });
    expect(form.status).toBe(401);
    expect(await uploads.countDocuments()).toBe(before);
  });
});

it('while the channels’ owner cannot be asked, only allowed origins are answered', async () => {
  system.services.answer(checkOrigin, () => Promise.reject(new Error('not now')));
  expect(allowedBy(await preflight(path, 'https://otra-tienda.example'))).toBeNull();
  expect(allowedBy(await preflight(path, desk))).toBe(desk);
});
