import { once } from 'node:events';
import { type AgentView, claimConversation, listConversations } from '@relevo/contracts';
import { Clock, newId } from '@relevo/platform';
import { io } from 'socket.io-client';
import { LiveClient } from './support/live-client.js';
import { System } from './support/system.js';

let system: System;
let ana: AgentView;

beforeAll(async () => {
  system = await System.start(1, { ALLOWED_ORIGINS: 'https://desk.example.com', BODY_LIMIT_BYTES: '20000' });
  ana = system.services.hire('ana');
});

afterAll(() => system?.stop());

/** Connects while the gateway's clock stands so long before the token's end, however long that takes. */
async function shortBefore(token: string, ms: number): Promise<LiveClient> {
  const { exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { exp: number };
  const now = jest.spyOn(system.gateways[0]!.get(Clock), 'now').mockReturnValue(new Date(exp * 1000 - ms));
  try {
    return await system.connect(ana, { token });
  } finally {
    now.mockRestore();
  }
}

describe('a handshake', () => {
  it('is answered with who one is and where one stands', async () => {
    const client = await system.connect(ana);
    expect(await client.hear('ready')).toEqual({ agent: ana, cursor: expect.stringMatching(/^[0-9a-z]+\.\d+$/) as string, resumed: false });
  });

  it.each([
    ['no token', {}],
    ['a wrong one', { token: 'x.y.z' }],
    ['no text', { token: { $gt: '' } }],
  ])('with %s is refused', async (_, auth) => {
    expect((await LiveClient.refusal(system.url, auth)).data).toMatchObject({ code: 'UNAUTHENTICATED', correlationId: expect.any(String) as string });
  });

  it('finds no token in a URL', async () => {
    const token = await system.tokenOf(ana);
    expect((await LiveClient.refusal(system.url, {}, { query: { token } })).data?.code).toBe('UNAUTHENTICATED');
  });

  it('from a page of another origin is refused before it begins', async () => {
    const token = await system.tokenOf(ana);
    const refusal = await LiveClient.refusal(system.url, { token }, { extraHeaders: { origin: 'https://evil.example.com' } });
    expect(refusal.data).toBeUndefined();
    for (const origin of ['https://desk.example.com', system.url]) {
      const client = await LiveClient.connect(system.url, { token }, { extraHeaders: { origin } });
      client.close();
    }
  });

  it('is not taken over long polling', async () => {
    const socket = io(`${system.url}/agent`, { transports: ['polling'], reconnection: false, forceNew: true });
    await once(socket as never, 'connect_error');
    socket.close();
  });
});

describe('requests', () => {
  let client: LiveClient;

  beforeAll(async () => {
    client = await system.connect(ana);
  });

  it('of no operation are acknowledged as such', async () => {
    for (const event of ['conversation.destroy', 'ready', '__proto__', 'constructor']) {
      expect(await client.ask(event, {})).toMatchObject({ ok: false, error: { code: 'NOT_FOUND', correlationId: expect.any(String) as string } });
    }
  });

  it.each([['text'], [7], [[1]], [true]])('with %j for a body are refused', async (body) => {
    const ack = await client.ask('conversation.list', body);
    expect(ack).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED', errors: [{ path: '', message: 'must be an object' }] } });
  });

  it('without a body ask with an empty one', async () => {
    expect(await client.ask('conversation.list')).toEqual({ ok: true, data: { echo: {} } });
    expect(await client.ask('conversation.list', null)).toEqual({ ok: true, data: { echo: {} } });
  });

  it('that are commands must name themselves', async () => {
    const ack = await client.ask('conversation.claim', { conversationId: 'c1' });
    expect(ack).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED', errors: [{ path: 'commandId' }] } });
  });

  it('that want no answer are carried out all the same', async () => {
    const commandId = newId();
    const claimed = new Promise((resolve) => system.services.answer(claimConversation, (request) => Promise.resolve(request).finally(() => resolve(request))));
    client.socket.emit('conversation.claim', { conversationId: 'c1', commandId });
    expect(await claimed).toMatchObject({ commandId });
  });

  it('see at once what the agent has become', async () => {
    const beto = system.services.hire('beto', { teamIds: ['a'] });
    const his = await system.connect(beto);
    await system.services.change(beto, { teamIds: ['b'] });
    await his.hear('resync_required');
    await his.ask('conversation.list', {});
    const { caller } = system.services.received.findLast(({ subject }) => subject === listConversations.subject)!;
    expect(caller.actor).toMatchObject({ id: beto.id, teamIds: ['b'] });
  });

  it('larger than the limit end the connection', async () => {
    const loud = await system.connect(ana);
    const ended = loud.ended();
    loud.socket.emit('conversation.list', { cursor: 'x'.repeat(20_001) });
    expect(await ended).toBe('transport close');
  });
});

describe('a token', () => {
  it('that expires cuts its socket', async () => {
    const client = await shortBefore(await system.tokenOf(ana), 2_000);
    expect(await client.ended()).toBe('io server disconnect');
  });

  it('renewed in time does not', async () => {
    const [token, fresh] = [await system.tokenOf(ana), await system.tokenOf(ana)];
    const client = await shortBefore(token, 10_000);
    expect(await client.ask('auth.refresh', { token: fresh })).toEqual({ ok: true, data: { expiresIn: expect.any(Number) as number } });
    // A witness whose time began later: when it is cut, the first token's has passed.
    const witness = await shortBefore(token, 10_000);
    await witness.ended();
    expect(await client.ask('conversation.list', {})).toMatchObject({ ok: true });
  });

  it('of somebody else, or none, renews nothing', async () => {
    const client = await system.connect(ana);
    for (const token of [await system.tokenOf(system.services.hire('beto')), 'x']) {
      expect(await client.ask('auth.refresh', { token })).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED' } });
    }
    expect(await client.ask('auth.refresh', { other: 1 })).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED' } });
    expect(await client.ask('conversation.list', {})).toMatchObject({ ok: true });
  });
});
