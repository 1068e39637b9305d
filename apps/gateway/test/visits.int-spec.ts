import { getActiveConversation, openVisit, voiceSubject } from '@relevo/contracts';
import { SignJWT } from 'jose';
import { developmentSecret } from '../src/config.js';
import { eventually } from './support/eventually.js';
import { LiveClient } from './support/live-client.js';
import { System } from './support/system.js';
import { shop, Visitors } from './support/visitors.js';
import { WidgetWire } from './support/widget-wire.js';

let system: System;
let visitors: Visitors;
let wire: WidgetWire;

beforeAll(async () => {
  system = await System.start(2, async (stack) => {
    wire = await WidgetWire.to(stack);
    return { WIDGET_NATS_URL: wire.cable.url, ALLOWED_ORIGINS: 'https://desk.example.com' };
  });
  visitors = new Visitors(system);
});

afterAll(async () => {
  visitors?.close();
  await system?.stop();
  wire?.cable.close();
});

const tokenOf = async (client: LiveClient): Promise<string> => String((await client.hear('ready')).visitorToken);

describe('a visitor', () => {
  it('who comes without anything is somebody new, whom no customer is made of', async () => {
    const before = system.services.received.length;
    const [one, other] = [await visitors.connect(), await visitors.connect()];
    expect(await one.hear('ready')).toEqual({ visitorToken: expect.any(String) as string, voice: true });
    const asked = new Set(system.services.received.slice(before).map(({ subject }) => subject));
    expect([...asked].sort()).toEqual([openVisit.subject, getActiveConversation.subject].sort());
    const ids = [await visitors.externalIdOf(one), await visitors.externalIdOf(other)];
    for (const id of ids) expect(id).toMatch(/^visitor:[A-Za-z0-9_-]{24}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('is known again by the last token, on any replica', async () => {
    const first = await visitors.connect();
    const again = await visitors.connect({ visitorToken: await tokenOf(first), replica: 1 });
    expect(await visitors.externalIdOf(again)).toBe(await visitors.externalIdOf(first));
    const third = await visitors.connect({ visitorToken: await tokenOf(again) });
    expect(await visitors.externalIdOf(third)).toBe(await visitors.externalIdOf(first));
  });

  it('whom the site vouches for is its user, whatever token there is', async () => {
    const proof = { userId: '42', userHash: 'proof of 42' };
    const anonymous = await visitors.connect();
    for (const auth of [proof, { ...proof, visitorToken: await tokenOf(anonymous) }, { ...proof, visitorToken: 'stale' }]) {
      expect(await visitors.externalIdOf(await visitors.connect(auth))).toBe('user:42');
    }
    const user = await visitors.connect(proof);
    expect(await visitors.externalIdOf(await visitors.connect({ visitorToken: await tokenOf(user) }))).toBe('user:42');
  });

  it('is told of the conversation that is going on', async () => {
    const conversation = { id: 'c1', status: 'active', openedAt: '2026-03-01T10:00:00.000Z', seq: 4 };
    system.services.answer(getActiveConversation, () => Promise.resolve({ conversation, voice: true }));
    const client = await visitors.connect();
    system.services.answer(getActiveConversation, () => Promise.resolve({ conversation: null, voice: true }));
    expect(await client.hear('ready')).toEqual({ visitorToken: expect.any(String) as string, voice: true, conversation });
  });

  it('is told whether voice messages may be sent: where the workspace and the channel have them, and when that changes', async () => {
    const [client, quiet, foreign] = [await visitors.connect(), await visitors.connect({ channelId: 'otra' }), await visitors.connect({ channelId: 'lejana' })];
    const told = async (clients: LiveClient[]) => Promise.all(clients.map(async (one) => (await one.hear('ready')).voice));
    expect(await told([client, quiet, foreign])).toEqual([true, false, true]);
    for (const voice of [false, true]) {
      system.services.say(voiceSubject('sur'), { workspaceId: 'sur', voice });
      await client.hear('voice', { enabled: voice });
    }
    await eventually(() => expect(quiet.heard.filter(({ name }) => name === 'voice').map(({ payload }) => payload)).toEqual([{ enabled: false }, { enabled: false }]));
    expect(foreign.heard.some(({ name }) => name === 'voice')).toBe(false);
  });

  it.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['an unknown channel', { channelId: 'none' }],
    ['a channel that is no id', { channelId: { $gt: '' } }],
    ['a wrong proof', { channelId: 'web', userId: '42', userHash: 'proof of 43' }],
    ['a user without proof', { channelId: 'web', userId: '42' }],
    ['a proof without user', { channelId: 'web', userHash: 'proof of ' }],
    ['a token that is none', { channelId: 'web', visitorToken: 'a.b.c' }],
    ['a token that is no text', { channelId: 'web', visitorToken: 7 }],
    ['an unknown field', { channelId: 'web', externalId: 'user:42' }],
  ])('with %s is refused', async (_, auth) => {
    expect((await visitors.refusal(auth)).data).toMatchObject({ code: 'UNAUTHENTICATED', correlationId: expect.any(String) as string });
  });

  describe('with a token', () => {
    const claims = { wid: 'sur', cid: 'web', aud: 'relevo-visitors', iss: 'relevo', sub: 'visitor:x' };
    const later = () => Math.floor(Date.now() / 1000) + 1_000;
    const unsigned = (payload: object) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.`;
    const signedBy = (key: string) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(later()).sign(new TextEncoder().encode(key));

    it.each<[string, () => string | Promise<string>]>([
      ['an agent’s', () => system.tokenOf(system.services.hire('ana'))],
      ['another channel’s', async () => tokenOf(await visitors.connect({ channelId: 'otra' }))],
      ['another workspace’s', async () => tokenOf(await visitors.connect({ channelId: 'lejana' }))],
      ['nobody’s signature', () => unsigned({ ...claims, exp: later() })],
      ['the agents’ key', () => signedBy(developmentSecret)],
      ['another key', () => signedBy('x'.repeat(32))],
      [
        'an altered name',
        async () => {
          const [head, , signature] = (await tokenOf(await visitors.connect())).split('.');
          return `${head}.${Buffer.from(JSON.stringify({ ...claims, exp: later() })).toString('base64url')}.${signature}`;
        },
      ],
    ])('that is or has %s is refused', async (_, token) => {
      expect((await visitors.refusal({ channelId: 'web', visitorToken: await token() })).data).toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it('is no agent', async () => {
      const token = await tokenOf(await visitors.connect());
      expect((await LiveClient.refusal(system.url, { token })).data).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect((await system.rest('GET', '/v1/me', { token })).status).toBe(401);
    });
  });
});

describe('a page', () => {
  const from = (origin: string) => ({ extraHeaders: { origin } });

  it('that the channel names may embed its widget, but is no frontend of agents', async () => {
    await visitors.connect({ options: from(shop) });
    expect((await visitors.refusal({ channelId: 'otra' }, from(shop))).data).toMatchObject({ code: 'UNAUTHENTICATED' });
    const token = await system.tokenOf(system.services.hire('ana'));
    expect((await LiveClient.refusal(system.url, { token }, from(shop))).data).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('of the gateway, or of an allowed origin, may embed any', async () => {
    for (const origin of [system.url, 'https://desk.example.com']) await visitors.connect({ channelId: 'otra', options: from(origin) });
  });

  it.each(['https://evil.example', `${shop}.evil.example`, 'null', `${shop}/`])('of %s is refused before it begins', async (origin) => {
    expect((await visitors.refusal({ channelId: 'web' }, from(origin))).data).toBeUndefined();
  });
});

it('all of it, over the widget’s connection, asked for nothing but what is public', () => {
  wire.expectPublicOnly(openVisit.subject, getActiveConversation.subject);
});
