import { AppError, type ChannelCreated, createChannel, listChannels, openWebhook, type ReceivedMessage, receiveWebhook, verifyProjections } from '@relevo/contracts';
import { unvalidatedSubjects } from '@relevo/messaging/testing';
import { newId } from '@relevo/platform';
import { signatureOf } from '../src/channels/signature.js';
import { operator, System } from './system.js';

const gateway = { kind: 'system', id: 'gateway' } as const;

let system: System;
let channel: ChannelCreated;

beforeAll(async () => {
  system = await System.start();
  channel = await system.aChannel({ teamId: 'ventas' });
});

afterAll(() => system?.stop());

const times = <T>(count: number, task: (index: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, index) => task(index)));

const aMessage = (sender: object = {}, message: object = {}) => ({
  externalMessageId: newId(),
  sender: { externalId: '+541', name: 'Lucía', ...sender },
  message: { text: '¿hola? 👋\nsegunda línea', ...message },
});

const post = (rawBody: string, { channelId = channel.id, signature = signatureOf(rawBody, channel.secret), correlationId = newId() } = {}): Promise<ReceivedMessage> =>
  system.replicas.ask(receiveWebhook, { channelId, signature, rawBody }, gateway, correlationId);

const refusalOf = (request: Promise<unknown>): Promise<unknown> => request.catch((error: AppError) => error.toBody());

describe('channels', () => {
  it('are made once per command, with one secret', async () => {
    const command = { commandId: newId(), name: 'Web', kind: 'webchat', bot: true } as const;
    const made = await times(10, () => system.replicas.ask(createChannel, command, operator));
    expect(made).toEqual(Array(10).fill({ id: made[0]!.id, name: 'Web', kind: 'webchat', secret: made[0]!.secret }));
    expect(made[0]!.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await refusalOf(system.replicas.ask(createChannel, { ...command, name: 'Otra' }, operator))).toMatchObject({ code: 'CONFLICT' });
  });

  it('queue in a team of their workspace or in none', async () => {
    expect(await refusalOf(system.aChannel({ teamId: 'of-another-workspace' }))).toEqual({ code: 'NOT_FOUND', message: 'No such team.' });
  });

  it('are listed without their secrets, and never across a border', async () => {
    const { items } = await system.replicas.ask(listChannels, {}, operator);
    expect(items).toContainEqual({ id: channel.id, name: 'API', kind: 'api', teamId: 'ventas' });
    expect(JSON.stringify(items)).not.toContain(channel.secret);
    expect((await system.replicas.ask(listChannels, {}, { ...operator, workspaceId: 'norte' })).items).toEqual([]);
    expect(await refusalOf(system.replicas.ask(listChannels, {}, gateway))).toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});

describe('a webhook', () => {
  it('brings a message to its conversation, in the channel’s name', async () => {
    const body = aMessage({ attributes: { city: 'Rosario' } });
    const correlationId = newId();
    expect(await post(JSON.stringify(body), { correlationId })).toEqual({ conversationId: 'conversation-of-541', seq: 2 });
    const caller = { actor: { kind: 'channel', workspaceId: 'sur', id: channel.id }, correlationId };
    expect(system.others.identified.at(-1)).toEqual({
      request: { channelId: channel.id, externalId: '+541', name: 'Lucía', attributes: { city: 'Rosario' } },
      caller,
    });
    expect(system.others.messages.at(-1)).toEqual({
      request: {
        channelId: channel.id,
        externalId: '+541',
        externalMessageId: body.externalMessageId,
        customer: { id: 'customer-of-541', name: 'Lucía' },
        text: body.message.text,
        startsIn: 'unassigned',
        teamId: 'ventas',
      },
      caller,
    });
  });

  it('with files is opened before any of them is kept: signed, sound, and not of somebody who is blocked, in this order', async () => {
    const open = (message: object, { secret = channel.secret, correlationId = newId() } = {}): Promise<unknown> => {
      const rawBody = JSON.stringify(aMessage({}, { attachments: [{ mediaType: 'image/png', name: 'x', ...message }] }));
      return system.replicas.ask(openWebhook, { channelId: channel.id, signature: signatureOf(rawBody, secret), rawBody }, gateway, correlationId).catch((error: AppError) => error.toBody());
    };
    const [url, neither, correlationId] = ['https://example.com/x', {}, newId()];
    expect(await open({ url }, { correlationId })).toEqual({ workspaceId: 'sur' });
    expect(system.others.checked.at(-1)).toEqual({ request: { channelId: channel.id, externalId: '+541' }, caller: { actor: { kind: 'channel', workspaceId: 'sur', id: channel.id }, correlationId } });
    system.others.blocked = '+541';
    try {
      expect(await open({ url })).toEqual({ code: 'RULE_VIOLATED', message: 'This customer is blocked.' });
      for (const sources of [neither, { url, contentBase64: 'eA==' }]) expect(await open(sources)).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'message.attachments.0' }] });
      expect(await open(neither, { secret: 'another' })).toMatchObject({ code: 'UNAUTHENTICATED' });
    } finally {
      system.others.blocked = null;
    }
  });

  it('begins with the bot where the channel has one', async () => {
    const withBot = await system.aChannel({ bot: true });
    const rawBody = JSON.stringify(aMessage());
    await post(rawBody, { channelId: withBot.id, signature: signatureOf(rawBody, withBot.secret) });
    expect(system.others.messages.at(-1)?.request).toMatchObject({ startsIn: 'bot', teamId: null });
  });

  it('is refused alike for an unknown channel and whatever is wrong with its signature', async () => {
    const rawBody = JSON.stringify(aMessage());
    const right = signatureOf(rawBody, channel.secret);
    const told = system.others.identified.length;
    const refusals = await Promise.all(
      [
        post(rawBody, { signature: '' }),
        post(rawBody, { signature: right.slice('sha256='.length) }),
        post(rawBody, { signature: `${right}00` }),
        post(rawBody, { signature: signatureOf(rawBody, 'another secret') }),
        post(`${rawBody} `, { signature: right }),
        post(rawBody, { channelId: 'none' }),
        // Not even parsed.
        post('{', { signature: right }),
        post('{}', { signature: right }),
      ].map(refusalOf),
    );
    expect(refusals[0]).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(refusals).toEqual(Array(refusals.length).fill(refusals[0]));
    expect(system.others.identified).toHaveLength(told);
  });

  it.each([
    ['what is not JSON', '{"a":', ''],
    ['a list', '[]', ''],
    ['nothing', 'null', 'externalMessageId'],
    ['an unknown field', JSON.stringify({ ...aMessage(), admin: true }), 'admin'],
    ['no text', JSON.stringify(aMessage({}, { text: '  ' })), 'message.text'],
    ['no external id', JSON.stringify(aMessage({ externalId: '' })), 'sender.externalId'],
    ['attributes that customers refuse', JSON.stringify(aMessage({ attributes: { Bad: 'x' } })), 'sender.attributes.Bad'],
  ])('is told what is wrong with %s', async (_, rawBody, path) => {
    const errors: unknown = expect.arrayContaining([expect.objectContaining({ path })]);
    expect(await refusalOf(post(rawBody))).toMatchObject({ code: 'VALIDATION_FAILED', errors });
  });
});

it('finds every projection equal to its history', async () => {
  const report = await system.replicas.ask(verifyProjections.channels, { limit: 100 }, { kind: 'system', id: 'cli' });
  expect(report).toMatchObject({ differences: [], nextCursor: null });
  expect(report.checked).toBeGreaterThan(2);
});

it('serves no subject without validation', async () => {
  expect(await unvalidatedSubjects(system.replicas.apps[0]!, system.replicas.nats)).toEqual([]);
});
