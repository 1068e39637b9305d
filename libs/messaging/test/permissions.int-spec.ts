import { DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection, PermissionViolationError } from '@nats-io/transport-node';
import { addNote, conversationsEvents, eventSubject, publicConversationEvents } from '@relevo/contracts';
import { type NatsUser, type Stack, startStack } from '@relevo/local-stack';
import { deadLetterSubject, ensureStreams, toHeaders } from '../src/index.js';
import { anAgent } from './support/callers.js';
import { patientOptions } from './support/replica.js';

const place = { workspaceId: 'acme', aggregateId: 'c1' };
const noteSubject = eventSubject(conversationsEvents, { ...place, fact: 'note' });
const messageSubject = eventSubject(publicConversationEvents, { ...place, fact: 'message' });

let stack: Stack;
const connections: NatsConnection[] = [];

async function as(user: NatsUser | 'test'): Promise<NatsConnection> {
  const nats = await connect(patientOptions(user, user === 'test' ? stack.nats.url : stack.nats.urlFor(user)));
  connections.push(nats);
  return nats;
}

beforeAll(async () => {
  stack = await startStack({ ephemeral: true, ignoreEnvironment: true, natsSilenceSeconds: 20 });
  const nats = await as('test');
  await ensureStreams(nats);
  const publisher = jetstream(nats);
  await publisher.publish(noteSubject, '"a note"');
  await publisher.publish(messageSubject, '"a message"');
  await publisher.publish(deadLetterSubject('gateway-internal'), '"a note"');
  const { consumers } = await jetstreamManager(nats);
  await consumers.add('INTERNAL', { durable_name: 'gateway-internal' });
});

afterEach(async () => {
  await Promise.all(connections.splice(0).map((nats) => nats.close()));
});

afterAll(() => stack?.stop());

/** The subject that NATS refused, or null when it let everything through. */
async function refusal(nats: NatsConnection, attempt: () => unknown): Promise<string | null> {
  const refused: PermissionViolationError[] = [];
  const statuses = nats.status();
  void (async () => {
    for await (const status of statuses) if (status.type === 'error' && status.error instanceof PermissionViolationError) refused.push(status.error);
  })();
  await attempt();
  // The server answers in order: by now it has said what it thinks of the attempt.
  await nats.flush();
  await new Promise(setImmediate);
  return refused[0] ? `${refused[0].operation} ${refused[0].subject}` : null;
}

const body = (value: object): string => JSON.stringify(value);
const aConsumer = (more: object = {}): string => body({ stream_name: 'INTERNAL', config: { name: 'spy', durable_name: 'spy', deliver_policy: DeliverPolicy.All, ack_policy: 'none', ...more } });
const aCopy = (more: object): string => body({ name: 'COPY', storage: 'memory', ...more });

/** Ways to what is internal: a subscription, or something published, most of it to JetStream. */
const subscriptions: readonly string[] = ['>', '*.>', 'evt.>', 'evt.*.*.internal.>', noteSubject, 'live.>', 'live.conversations.*.internal.>', 'live.gateway.>', 'dead.>', 'errors.>', 'rpc.>', addNote.subject, '_INBOX.>', '_INBOX_gateway.>', '_INBOX_operator.>', '*.*', '$JS.>', '$JS.API.>', '$JS.ACK.>', '$JS.EVENT.>', '$SYS.>'];

const publications: readonly (readonly [how: string, subject: string, payload: string])[] = [
  ['an ephemeral consumer', '$JS.API.CONSUMER.CREATE.INTERNAL', aConsumer()],
  ['a named consumer', '$JS.API.CONSUMER.CREATE.INTERNAL.spy', aConsumer()],
  ['a filtered consumer', `$JS.API.CONSUMER.CREATE.INTERNAL.spy.${noteSubject}`, aConsumer({ filter_subject: noteSubject })],
  ['a consumer that is pushed to', '$JS.API.CONSUMER.CREATE.INTERNAL.spy', aConsumer({ deliver_subject: 'live.conversations.acme.public.spy' })],
  ['a durable consumer', '$JS.API.CONSUMER.DURABLE.CREATE.INTERNAL.spy', aConsumer()],
  ["somebody else's consumer", '$JS.API.CONSUMER.MSG.NEXT.INTERNAL.gateway-internal', '1'],
  ["the next of somebody else's, by an acknowledgement", '$JS.ACK.INTERNAL.gateway-internal.1.1.1.1.0', '+NXT'],
  ['what consumers there are', '$JS.API.CONSUMER.LIST.INTERNAL', ''],
  ['how far a consumer is', '$JS.API.CONSUMER.INFO.INTERNAL.gateway-internal', ''],
  ['an end of a consumer', '$JS.API.CONSUMER.DELETE.INTERNAL.gateway-internal', ''],
  ['a consumer of dead letters', '$JS.API.CONSUMER.CREATE.DEAD.spy', aConsumer()],
  ['a message by its place', '$JS.API.STREAM.MSG.GET.INTERNAL', body({ seq: 1 })],
  ['a message directly', '$JS.API.DIRECT.GET.INTERNAL', body({ seq: 1 })],
  ['the last of a subject', `$JS.API.DIRECT.GET.INTERNAL.${noteSubject}`, ''],
  ['a dead letter', '$JS.API.DIRECT.GET.DEAD', body({ seq: 1 })],
  ['a dead letter of a subject', '$JS.API.DIRECT.GET.DEAD.dead.gateway-internal', ''],
  ['an error of somebody else', '$JS.API.DIRECT.GET.ERRORS.errors.gateway-internal.1', ''],
  ['any error', '$JS.API.DIRECT.GET.ERRORS', body({ seq: 1 })],
  ['which subjects there are', '$JS.API.STREAM.INFO.INTERNAL', body({ subjects_filter: '>' })],
  ['all streams', '$JS.API.STREAM.LIST', ''],
  ['a mirror', '$JS.API.STREAM.CREATE.COPY', aCopy({ mirror: { name: 'INTERNAL' } })],
  ['a source', '$JS.API.STREAM.CREATE.COPY', aCopy({ sources: [{ name: 'INTERNAL' }] })],
  ['a stream of the same', '$JS.API.STREAM.CREATE.COPY', aCopy({ subjects: ['live.conversations.>'] })],
  ['a stream that is published again', '$JS.API.STREAM.CREATE.COPY', aCopy({ subjects: ['live.conversations.>'], republish: { src: '>', dest: '_INBOX_widget.>' } })],
  ['a source of the public one', '$JS.API.STREAM.UPDATE.PUBLIC', body({ name: 'PUBLIC', sources: [{ name: 'INTERNAL' }] })],
  ['publishing it again elsewhere', '$JS.API.STREAM.UPDATE.INTERNAL', body({ name: 'INTERNAL', republish: { src: '>', dest: 'evt.copy.>' } })],
  ['a backup', '$JS.API.STREAM.SNAPSHOT.INTERNAL', body({ deliver_subject: '_INBOX_widget.x' })],
  ['a backup of another stream', '$JS.API.STREAM.RESTORE.INTERNAL', body({ config: { name: 'INTERNAL' } })],
  ["an answer in somebody else's inbox", '_INBOX_gateway.x', '{}'],
  ['who is connected', '$SYS.REQ.SERVER.PING.CONNZ', ''],
  ['what users may do', '$SYS.REQ.USER.INFO', ''],
  ['a replay', 'evt.replay.channels-public.public.x', '{}'],
  ['an event of another owner', noteSubject, '{}'],
  ['what customers see', messageSubject, '{}'],
  ['an end of sessions', 'live.gateway.session-revoked.v1', 'x'],
  ['emptying a stream', '$JS.API.STREAM.PURGE.PUBLIC', ''],
  ['deleting a stream', '$JS.API.STREAM.DELETE.INTERNAL', ''],
  ['deleting a message', '$JS.API.STREAM.MSG.DELETE.INTERNAL', body({ seq: 1 })],
];

describe.each(['widget', 'channels'] as const)('%s, which faces customers,', (user) => {
  it.each(subscriptions)('does not hear %s', async (subject) => {
    const nats = await as(user);
    expect(await refusal(nats, () => nats.subscribe(subject, { callback: () => undefined }))).toBe(`subscription ${subject}`);
  });

  it.each(publications)('is refused %s', async (_, subject, payload) => {
    const nats = await as(user);
    expect(await refusal(nats, () => nats.publish(subject, payload, { reply: `_INBOX_${user}.answer` }))).toBe(`publish ${subject}`);
  });

  it('cannot ask as an agent', async () => {
    const nats = await as(user);
    expect(await refusal(nats, () => nats.publish(addNote.subject, '{}', { headers: toHeaders(anAgent('admin')) }))).toBe(`publish ${addNote.subject}`);
  });

  it('cannot name another stream in the body than in the subject', async () => {
    const nats = await as(user);
    const own = user === 'widget' ? '$JS.API.CONSUMER.CREATE.PUBLIC.spy' : '$JS.API.CONSUMER.DURABLE.CREATE.PUBLIC.channels-public';
    const name = own.split('.').at(-1);
    const answer = await nats.request(own, aConsumer({ name, durable_name: name }));
    expect(answer.json()).toMatchObject({ error: { code: 400 } });
  });
});

it('is how anybody else would get it: each attempt goes through for who may do anything', async () => {
  const nats = await as('test');
  // What would change a stream is not tried: it would.
  const harmless = publications.filter(([, subject]) => !/CREATE|UPDATE|PURGE|DELETE|SNAPSHOT/.test(subject));
  expect(await refusal(nats, () => harmless.forEach(([, subject, payload]) => nats.publish(subject, payload)))).toBeNull();
  expect(await refusal(nats, () => subscriptions.filter((subject) => !subject.startsWith('$')).forEach((subject) => nats.subscribe(subject, { callback: () => undefined })))).toBeNull();
});

it('lets the operator and the gateway read what is internal', async () => {
  const operator = await as('operator');
  const { streams } = await jetstreamManager(operator);
  expect((await streams.getMessage('INTERNAL', { seq: 1 }))?.json()).toBe('a note');
  const gateway = await as('gateway');
  const consumer = await jetstream(gateway).consumers.get('INTERNAL', { filter_subjects: noteSubject });
  expect((await consumer.next())?.json()).toBe('a note');
});

it('lets the widget and channels read what is public', async () => {
  const ordered = await jetstream(await as('widget')).consumers.get('PUBLIC', { filter_subjects: 'evt.conversations.acme.public.>' });
  expect((await ordered.next())?.json()).toBe('a message');
  const channels = await as('channels');
  const manager = await jetstreamManager(channels, { checkAPI: false });
  await manager.consumers.add('PUBLIC', { durable_name: 'channels-public', ack_policy: 'explicit', filter_subjects: [messageSubject] });
  const message = await (await jetstream(channels).consumers.get('PUBLIC', 'channels-public')).next();
  expect(message?.json()).toBe('a message');
  expect(await refusal(channels, () => message?.ack())).toBeNull();
});

it.each(['channels', 'widget', 'conversations', 'routing', 'customers', 'scheduler'] as const)('%s is refused a request that agents may make', async (user) => {
  const nats = await as(user);
  const from = toHeaders(anAgent('admin'));
  await expect(nats.request(addNote.subject, '{}', { headers: from, timeout: 60_000 })).rejects.toThrow(`Permissions Violation for Publish to "${addNote.subject}"`);
  await expect((await as('gateway')).request(addNote.subject, '{}', { headers: from, timeout: 60_000 })).rejects.toThrow('no responders');
});

it('keeps out whoever gives no name or a wrong password', async () => {
  const url = new URL(stack.nats.urlFor('gateway'));
  for (const wrong of [{}, { user: 'gateway', pass: 'guess' }, { user: 'stranger', pass: url.password }]) {
    await expect(connect({ servers: url.host, reconnect: false, ...wrong })).rejects.toThrow('Authorization Violation');
  }
});
