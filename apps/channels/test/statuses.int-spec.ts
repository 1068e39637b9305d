import { type AppError, type ChannelCreated, type DeliveryStatus, receiveStatus, type ReceivedMessage } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { Receiver } from '@relevo/testing';
import { signatureOf } from '../src/channels/signature.js';
import { System } from './system.js';

const gateway = { kind: 'system', id: 'gateway' } as const;
const json = { 'content-type': 'application/json; charset=utf-8' };

let system: System;
let receiver: Receiver;
let channel: ChannelCreated;

beforeAll(async () => {
  system = await System.start();
  receiver = await Receiver.start();
  channel = await system.aChannel({ callbackUrl: receiver.url });
});

beforeEach(() => (system.others.deliveries = []));
afterAll(async () => {
  await receiver?.stop();
  await system?.stop();
});

/** A message that was posted and answered so. */
async function posted(answer?: Receiver['answers'][number]): Promise<string> {
  const conversationId = newId();
  if (answer) receiver.answers = [answer];
  const before = system.others.deliveries.length;
  await system.publish(channel.id, conversationId, 3);
  await system.others.hasBeenTold(before + 1);
  return conversationId;
}

function report(externalMessageId: string, status: DeliveryStatus, of: { id: string; secret: string } = channel, alter = (body: string): string => body): Promise<ReceivedMessage> {
  const rawBody = JSON.stringify({ externalMessageId, status });
  return system.replicas.ask(receiveStatus, { channelId: of.id, signature: signatureOf(rawBody, of.secret), rawBody: alter(rawBody) }, gateway);
}

const codeOf = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'ok',
    (error: AppError) => error.code,
  );
const told = (): unknown[] => system.others.deliveries.map(({ request }) => request);

it('a status is told to the conversation in the channel’s name, by the name that the receiver gave the message', async () => {
  const conversationId = await posted({ status: 200, headers: json, body: '{"externalMessageId":"wamid.1","more":[1]}' });
  for (const status of ['delivered', 'read'] as const) expect(await report('wamid.1', status)).toEqual({ conversationId, seq: 3 });
  expect(told()).toEqual([
    { conversationId, ofSeq: 3, status: 'sent' },
    { conversationId, ofSeq: 3, status: 'delivered' },
    { conversationId, ofSeq: 3, status: 'read' },
  ]);
  expect(system.others.deliveries.at(-1)?.caller.actor).toEqual({ kind: 'channel', workspaceId: 'sur', id: channel.id });
  expect(await report('wamid.1', 'read')).toEqual({ conversationId, seq: 3 });
});

it.each<[string, Receiver['answers'][number] | undefined]>([
  ['says nothing of it', undefined],
  ['is not JSON', { status: 200, headers: json, body: '{"externalMessageId":' }],
  ['does not say that it is JSON', { status: 200, headers: { 'content-type': 'text/html' }, body: '{"externalMessageId":"html"}' }],
  ['names it in a way that is none', { status: 201, headers: json, body: '{"externalMessageId":7}' }],
  ['is longer than is read', { status: 200, headers: json, body: `{"externalMessageId":"long","more":"${'x'.repeat(100_000)}"}` }],
])('where the receiver’s answer %s, a message is delivered and goes by the delivery’s own id', async (_, answer) => {
  const conversationId = await posted(answer);
  expect(await report(`${conversationId}:3`, 'delivered')).toEqual({ conversationId, seq: 3 });
  for (const name of ['html', 'long']) expect(await codeOf(report(name, 'delivered'))).toBe('NOT_FOUND');
});

it('unknown messages, and those of another channel, are not found', async () => {
  const conversationId = await posted({ status: 200, headers: json, body: '{"externalMessageId":"wamid.2"}' });
  const other = await system.aChannel();
  system.others.deliveries = [];
  expect(await codeOf(report('wamid.3', 'delivered'))).toBe('NOT_FOUND');
  expect(await codeOf(report('wamid.2', 'delivered', other))).toBe('NOT_FOUND');
  expect(await codeOf(report(`${conversationId}:3`, 'delivered', other))).toBe('NOT_FOUND');
  expect(told()).toEqual([]);
});

it('nothing is believed or parsed that is unsigned or altered', async () => {
  const conversationId = await posted();
  system.others.deliveries = [];
  const id = `${conversationId}:3`;
  expect(await codeOf(report(id, 'delivered', channel, (body) => body.replace('delivered', 'read')))).toBe('UNAUTHENTICATED');
  expect(await codeOf(report(id, 'delivered', { id: channel.id, secret: 'x' }, () => '{'))).toBe('UNAUTHENTICATED');
  expect(await codeOf(report(id, 'delivered', { id: 'none', secret: channel.secret }))).toBe('UNAUTHENTICATED');
  expect(await codeOf(report(id, 'lost' as DeliveryStatus))).toBe('VALIDATION_FAILED');
  expect(told()).toEqual([]);
});
