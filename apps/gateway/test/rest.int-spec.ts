import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import type { NatsConnection } from '@nats-io/transport-node';
import { AppError, claimConversation, httpStatusOf, listTags, receiveStatus, receiveWebhook, updateCustomer } from '@relevo/contracts';
import { NATS_CONNECTION } from '@relevo/messaging';
import { eventually } from './support/eventually.js';
import { System } from './support/system.js';

let system: System;
let token: string;

beforeAll(async () => {
  system = await System.start(1, { ALLOWED_ORIGINS: 'https://desk.example.com', BODY_LIMIT_BYTES: '16000000' });
  token = await system.tokenOf(system.services.hire('ana', { role: 'admin' }));
});

afterAll(() => system?.stop());

const claim = (more: object) => system.rest('POST', '/v1/conversations/c1/claim', { token, ...more });
const last = () => system.services.received.at(-1)!;

describe('problems', () => {
  it.each(Object.entries(httpStatusOf))('%s travels as %i, told as RFC 9457 wants it', async (code, status) => {
    system.services.answer(claimConversation, () => Promise.reject(new AppError(code as 'CONFLICT', 'Because.', { details: { a: 1 } })));
    const answer = await claim({ headers: { 'x-correlation-id': 'mine.1' } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(answer.json).toEqual({
      type: 'about:blank',
      title: expect.any(String) as string,
      status,
      code,
      detail: 'Because.',
      correlationId: 'mine.1',
      details: { a: 1 },
    });
    expect(last().caller.correlationId).toBe('mine.1');
  });

  it('tell nothing of the inside of what was not foreseen', async () => {
    system.services.answer(claimConversation, () => Promise.reject(new Error('secret at 10.0.0.1')));
    const { status, json } = await claim({});
    expect(status).toBe(500);
    expect(json).toMatchObject({ code: 'INTERNAL' });
    expect(JSON.stringify(json)).not.toContain('secret');
  });

  it.each(['/', '/v1', '/v1/nothing?token=shown-nowhere', '/v2/me', '/socket.io', '/v1/conversations/c1/claim/x'])('%s is nothing', async (path) => {
    const { status, headers, json } = await system.rest('GET', path, { token });
    expect(status).toBe(404);
    expect(headers.get('content-type')).toMatch('application/problem+json');
    expect(json).toMatchObject({ code: 'NOT_FOUND', status: 404, correlationId: headers.get('x-correlation-id') });
    expect(JSON.stringify(json)).not.toContain('shown-nowhere');
  });

  it('answer a path that cannot be decoded', async () => {
    expect(await system.rest('GET', '/v1/conversations/%ff', { token })).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } });
  });

  it.each(['bad id!', 'x'.repeat(65)])('replace a correlation id like %j', async (given) => {
    const { headers } = await claim({ headers: { 'x-correlation-id': given } });
    expect(headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('bodies', () => {
  beforeAll(() => system.services.answer(claimConversation, (request) => Promise.resolve({ echo: request })));

  it.each([['none', {}], ['empty', { body: '' }], ['{}', { body: {} }], ['null', { body: 'null' }]])('%s: a command with nothing in it', async (_, more) => {
    const { status, json } = await claim(more);
    expect(status).toBe(200);
    expect(json).toEqual({ echo: { conversationId: 'c1', commandId: expect.stringMatching(/^[A-Za-z0-9_-]{8,64}$/) as string } });
  });

  it.each([
    ['malformed', '{"a":', ''],
    ['a list', '[]', ''],
    ['text', '"x"', ''],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), ''],
    ['reaching for the prototype', '{"__proto__": {"a": 1}}', '__proto__'],
  ])('%s: VALIDATION_FAILED', async (_, body, path) => {
    expect(await claim({ body })).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED', errors: [{ path }] } });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1', 'application/jsonx'])(
    'of type %s: UNSUPPORTED_MEDIA',
    async (type) => {
      expect(await claim({ body: '{}', headers: { 'content-type': type } })).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA' } });
    },
  );

  it('compressed: UNSUPPORTED_MEDIA', async () => {
    expect(await claim({ body: '{}', headers: { 'content-encoding': 'gzip' } })).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA' } });
  });

  it('over the limit: PAYLOAD_TOO_LARGE, and the token is looked at first', async () => {
    const body = { text: 'x'.repeat(16_000_001) };
    expect(await claim({ body })).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
    expect(await claim({ body, token: 'x' })).toMatchObject({ status: 401, json: { code: 'UNAUTHENTICATED' } });
  });
});

describe('commandId', () => {
  const key = 'client-made_key-1';

  it('is the header Idempotency-Key, or a field of the body, or both when they agree', async () => {
    for (const more of [{ headers: { 'idempotency-key': key } }, { body: { commandId: key } }, { headers: { 'idempotency-key': key }, body: { commandId: key } }]) {
      expect((await claim(more)).json).toEqual({ echo: { conversationId: 'c1', commandId: key } });
    }
  });

  it.each([
    [{ headers: { 'idempotency-key': 'short' } }],
    [{ headers: { 'idempotency-key': 'with spaces in it' } }],
    [{ headers: { 'idempotency-key': '' } }],
    [{ body: { commandId: 7 } }],
    [{ headers: { 'idempotency-key': key }, body: { commandId: `${key}2` } }],
  ])('is refused: %j', async (more) => {
    expect(await claim(more)).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED', errors: [{ path: 'commandId' }] } });
  });
});

describe('queries', () => {
  it.each([
    ['limit[$gt]=1', 'limit[$gt]'],
    ['limit=1&limit=2', 'limit'],
    ['a.b=1', 'a.b'],
    ['__proto__=1', '__proto__'],
    ['limit=101', 'limit'],
    ['limit=x', 'limit'],
    ['tray=everything', 'tray'],
  ])('?%s is refused', async (query, path) => {
    const { status, json } = await system.rest('GET', `/v1/conversations?${query}`, { token });
    expect({ status, json }).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } });
    expect((json.errors as { path: string }[])[0]!.path).toBe(path);
  });

  it('are not for commands, nor for who one is', async () => {
    expect(await system.rest('POST', '/v1/conversations/c1/claim?x=1', { token })).toMatchObject({ status: 400, json: { errors: [{ path: 'x' }] } });
    expect(await system.rest('GET', '/v1/me?x=1', { token })).toMatchObject({ status: 400, json: { errors: [{ path: 'x' }] } });
  });
});

describe('webhooks', () => {
  const raw = '﻿{ "externalMessageId":"1",\r\n "text":"¿Hola? 👋" }  ';
  const signature = `sha256=${createHmac('sha256', 'k').update(raw).digest('hex')}`;

  it('go on with the bytes and the signature as they came, and need no token', async () => {
    system.services.answer(receiveWebhook, () => Promise.resolve({ conversationId: 'c1', seq: 2 }));
    const { status, json } = await system.rest('POST', '/v1/channels/ch1/inbound', { body: raw, headers: { 'x-relevo-signature': signature } });
    expect({ status, json }).toEqual({ status: 202, json: { conversationId: 'c1', seq: 2 } });
    expect(last()).toMatchObject({ request: { channelId: 'ch1', signature, rawBody: raw }, caller: { actor: { kind: 'system' } } });
  });

  it('of statuses go the same way', async () => {
    system.services.answer(receiveStatus, () => Promise.resolve({ conversationId: 'c1', seq: 3 }));
    const { status, json } = await system.rest('POST', '/v1/channels/ch1/statuses', { body: raw, headers: { 'x-relevo-signature': signature } });
    expect({ status, json }).toEqual({ status: 202, json: { conversationId: 'c1', seq: 3 } });
    expect(last()).toMatchObject({ request: { channelId: 'ch1', signature, rawBody: raw }, caller: { actor: { kind: 'system' } } });
  });

  it('without a signature, or with one that cannot be, come as unsigned', async () => {
    for (const headers of [{}, { 'x-relevo-signature': 'x'.repeat(500) }] as Record<string, string>[]) {
      await system.rest('POST', '/v1/channels/ch1/inbound', { body: raw, headers });
      expect(last().request).toMatchObject({ signature: '' });
    }
  });

  it('too large for their way are refused', async () => {
    const large = await system.rest('POST', '/v1/channels/ch1/inbound', { body: 'x'.repeat(16_000_001) });
    expect(large).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
    // Each quote is two bytes on its way: within the gateway's limit, but over a NATS message's.
    const most = system.gateways[0]!.get<NatsConnection>(NATS_CONNECTION).info!.max_payload;
    const quotes = await system.rest('POST', '/v1/channels/ch1/inbound', { body: '"'.repeat(most * 0.6) });
    expect(quotes).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
    const plain = await system.rest('POST', '/v1/channels/ch1/inbound', { body: 'x'.repeat(most * 0.9) });
    expect(plain.status).toBe(202);
  });
});

it('an operation too large for its way to the owner is refused, whatever the gateway itself would read', async () => {
  const most = system.gateways[0]!.get<NatsConnection>(NATS_CONNECTION).info!.max_payload;
  const update = (length: number) => system.rest('PATCH', '/v1/customers/c1', { token, body: { version: 1, set: { remark: 'x'.repeat(length) } } });
  expect(await update(most)).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
  system.services.answer(updateCustomer, () => Promise.reject(new AppError('CONFLICT', 'It came to its owner.')));
  expect(await update(most * 0.9)).toMatchObject({ status: 409 });
});

describe('the server', () => {
  it('lets the pages of allowed origins in, and no others', async () => {
    const preflight = (origin: string) =>
      system.rest('OPTIONS', '/v1/me', { headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' } });
    const allowed = await preflight('https://desk.example.com');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://desk.example.com');
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await preflight('https://evil.example.com')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('shows its health and metrics outside /v1', async () => {
    expect(await system.rest('GET', '/healthz')).toMatchObject({ status: 200, json: { status: 'ok' } });
    await eventually(async () => expect(await system.rest('GET', '/readyz')).toMatchObject({ status: 200, json: { nats: 'ok' } }));
    const metrics = await (await fetch(`${system.url}/metrics`)).text();
    expect(metrics).toContain('relevo_connected_sockets');
    expect(metrics).toContain('relevo_live_events_total');
  });

  it('survives a caller who leaves in the middle of a body', async () => {
    const { hostname, port } = new URL(system.url);
    const half = connect(Number(port), hostname);
    half.write(`POST /v1/tags HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"na`);
    half.end();
    await new Promise((resolve) => half.resume().on('close', resolve));
    system.services.answer(listTags, () => Promise.resolve({ items: [], nextCursor: null }));
    expect((await system.rest('GET', '/v1/tags', { token })).status).toBe(200);
  });
});
