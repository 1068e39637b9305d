import { createHmac } from 'node:crypto';
import { type AppError, type ChannelCreated, checkOrigin, type OpenedVisit, openVisit, receiveVisitorMessage } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { System } from './system.js';

const gateway = { kind: 'system', id: 'gateway' } as const;
const shop = 'https://tienda.example';

let system: System;
let channel: ChannelCreated;
let api: ChannelCreated;

beforeAll(async () => {
  system = await System.start();
  channel = await system.aChannel({ kind: 'webchat', teamId: 'ventas', allowedOrigins: [shop] });
  api = await system.aChannel();
});

afterAll(() => system?.stop());

const hashOf = (userId: string, secret = channel.secret): string => createHmac('sha256', secret).update(userId).digest('hex');

const open = (more: Partial<Parameters<typeof ask>[0]> = {}): Promise<OpenedVisit> => ask({ channelId: channel.id, foreignOrigin: null, ...more });
const ask = (body: { channelId: string; foreignOrigin: string | null; userId?: string; userHash?: string }): Promise<OpenedVisit> =>
  system.replicas.ask(openVisit, body, gateway);

const refusalOf = (request: Promise<unknown>): Promise<unknown> => request.then(() => 'none', (error: AppError) => error.toBody());

describe('a visit', () => {
  it('is let in as nobody, or as whom the site vouches for', async () => {
    expect(await open()).toEqual({ workspaceId: 'sur', externalId: null, voice: true });
    for (const userId of ['42', 'ana@example.com', 'ñandú 🦩', 'visitor:1']) {
      expect(await open({ userId, userHash: hashOf(userId) })).toEqual({ workspaceId: 'sur', externalId: `user:${userId}`, voice: true });
    }
    expect(await open({ userId: '42', userHash: hashOf('42').toUpperCase() })).toMatchObject({ externalId: 'user:42' });
    expect(await open({ foreignOrigin: shop })).toMatchObject({ externalId: null });
  });

  it('is refused alike whatever is wrong', async () => {
    const secondChannel = await system.aChannel({ kind: 'webchat' });
    const refusals = await Promise.all(
      [
        { channelId: 'none' },
        { channelId: 'none', userId: '42', userHash: hashOf('42') },
        { channelId: api.id },
        { channelId: api.id, userId: '42', userHash: hashOf('42', api.secret) },
        { userId: '42' },
        { userId: '42', userHash: '' },
        { userId: '42', userHash: hashOf('43') },
        { userId: '42', userHash: `${hashOf('42')}00` },
        { userId: '42', userHash: `sha256=${hashOf('42')}` },
        { userId: '42', userHash: hashOf('42', secondChannel.secret) },
        // Of the empty id: whoever has no user has no hash.
        { userHash: hashOf('') },
        { foreignOrigin: 'https://evil.example' },
        { foreignOrigin: `${shop}.evil.example` },
        { foreignOrigin: 'null' },
        { channelId: secondChannel.id, foreignOrigin: shop },
      ].map((more) => refusalOf(open(more))),
    );
    expect(refusals[0]).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(refusals).toEqual(Array(refusals.length).fill(refusals[0]));
  });

  it('says whether its channel takes voice messages', async () => {
    const quiet = await system.aChannel({ kind: 'webchat', voice: false });
    expect(await open({ channelId: quiet.id })).toEqual({ workspaceId: 'sur', externalId: null, voice: false });
  });

  it('tells no secret', async () => {
    expect(JSON.stringify([await open(), await open({ userId: '42', userHash: hashOf('42') })])).not.toContain(channel.secret);
  });
});

describe('the pages that may embed a widget', () => {
  it('are those that some channel names', async () => {
    const allowed = (origin: string) => system.replicas.ask(checkOrigin, { origin }, gateway);
    expect(await allowed(shop)).toEqual({ allowed: true });
    for (const origin of ['https://evil.example', `${shop}/`, 'http://tienda.example', 'null', '']) expect(await allowed(origin)).toEqual({ allowed: false });
  });

  it.each([['https://tienda.example/'], ['tienda.example'], ['*'], ['null'], ['ftp://tienda.example'], ['https://TIENDA.example'], ['']])('are named as browsers do, not %j', async (origin) => {
    expect(await refusalOf(system.aChannel({ kind: 'webchat', allowedOrigins: [origin] }))).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'allowedOrigins' }] });
  });

  it('are a webchat’s', async () => {
    expect(await refusalOf(system.aChannel({ kind: 'api', allowedOrigins: [shop] }))).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'allowedOrigins' }] });
  });
});

describe('a visitor’s message', () => {
  const visitor = { kind: 'channel', workspaceId: 'sur' } as const;
  const send = (body: { externalId: string; commandId?: string; text?: string; channelId?: string }, actor = { ...visitor, id: channel.id }) =>
    system.replicas.ask(receiveVisitorMessage, { channelId: channel.id, commandId: newId(), text: 'hola', ...body }, actor);

  it('takes the way of every other, in the channel’s name', async () => {
    expect(await send({ externalId: 'visitor:a' })).toMatchObject({ conversationId: 'conversation-of-visitora', seq: 2, data: { text: 'hola' } });
    expect(system.others.identified.at(-1)).toMatchObject({ request: { channelId: channel.id, externalId: 'visitor:a' }, caller: { actor: { ...visitor, id: channel.id } } });
    expect(system.others.messages.at(-1)?.request).toMatchObject({ externalId: 'visitor:a', text: 'hola', startsIn: 'unassigned', teamId: 'ventas' });
  });

  it('is one however often it is sent, and nobody else’s', async () => {
    const commandId = newId();
    const idOf = async (externalId: string): Promise<string> => {
      await send({ externalId, commandId });
      return system.others.messages.at(-1)!.request.externalMessageId;
    };
    const [first, again, other] = [await idOf('visitor:b'), await idOf('visitor:b'), await idOf('visitor:c')];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('under the id of another text is a conflict', async () => {
    const commandId = newId();
    await send({ externalId: 'visitor:d', commandId });
    expect(await refusalOf(send({ externalId: 'visitor:d', commandId, text: 'adiós' }))).toMatchObject({ code: 'CONFLICT', errors: [{ path: 'commandId' }] });
  });

  it('is taken at a webchat of one’s own workspace only', async () => {
    const told = system.others.messages.length;
    expect(await refusalOf(send({ externalId: 'visitor:e' }, { ...visitor, id: 'another' }))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusalOf(send({ externalId: 'visitor:e' }, { ...visitor, workspaceId: 'norte', id: channel.id } as never))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusalOf(send({ externalId: 'visitor:e', channelId: api.id }, { ...visitor, id: api.id }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(system.others.messages).toHaveLength(told);
  });
});
