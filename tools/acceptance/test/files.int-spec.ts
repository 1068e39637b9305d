import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { blockCustomer, claimConversation, closeConversation, createChannel, getConversation, listChannels, listConversations, transferConversation, unblockCustomer, updatePolicy } from '@relevo/contracts';
import { aMessage, type ApiClient, eventually, seedWorkspace, startTestSystem, type TestSystem } from '@relevo/testing';
import { type AttachmentShape, FileClient, picture } from './support/files.js';
import { OutsideVisitor, type PublicEntryShape } from './support/visitor.js';

let system: TestSystem;
let seeded: Awaited<ReturnType<typeof seed>>;
let ana: ApiClient;
let files: Record<'ana' | 'beto' | 'cata' | 'boss' | 'stranger', FileClient>;
const visitors: OutsideVisitor[] = [];

const seed = async () => {
  const north = await seedWorkspace(system, {
    teams: ['ventas', 'soporte'],
    agents: { ana: { teams: ['ventas'] }, beto: { teams: ['ventas'] }, cata: { teams: ['soporte'] }, boss: { role: 'admin' } },
    channels: { api: { team: 'ventas' }, web: { kind: 'webchat', team: 'ventas' } },
  });
  return { north, south: await seedWorkspace(system, { agents: { stranger: { role: 'admin' } } }) };
};

beforeAll(async () => {
  system = await startTestSystem({ replicas: { gateway: 2 } });
  seeded = await seed();
  const { north, south } = seeded;
  ana = await system.login(north.agents.ana);
  const signIn = (who: Parameters<typeof FileClient.signIn>[1], replica = 1): Promise<FileClient> => FileClient.signIn(system.gatewayUrl(replica), who);
  files = {
    ana: await signIn(north.agents.ana),
    beto: await signIn(north.agents.beto, 2),
    cata: await signIn(north.agents.cata),
    boss: await signIn(north.agents.boss, 2),
    stranger: await signIn(south.agents.stranger),
  };
});

afterAll(async () => {
  for (const visitor of visitors) visitor.close();
  await system?.stop();
});

/** A conversation of team ventas in ana's hands. */
async function claimed(): Promise<string> {
  const { conversationId } = await system.receive(seeded.north.channels.api, aMessage({ from: `+34${randomUUID().slice(0, 8)}` }));
  await ana.call(claimConversation, { conversationId });
  return conversationId;
}

async function visit(visitorToken?: string): Promise<{ visitor: OutsideVisitor; client: FileClient }> {
  const visitor = await OutsideVisitor.open(system.gatewayUrl(), { channelId: seeded.north.channels.web.id, ...(visitorToken !== undefined && { visitorToken }) });
  visitors.push(visitor);
  return { visitor, client: new FileClient(system.gatewayUrl(2), visitor.ready.visitorToken, '/widget/attachments') };
}

const seen = [200, 200, 200, 200];
const unseen = [404, 404, 404, 404];

it('an agent sends files, with a text or without; whoever sees the conversation gets them, nobody else does', async () => {
  const conversationId = await claimed();
  const [first, second] = [await files.ana.upload(), await files.ana.upload(Buffer.from('hola'), { name: 'nota.txt', type: 'text/plain' })];
  expect(await files.ana.send(conversationId, { text: 'mirá', attachmentIds: [second.id, first.id] })).toMatchObject({ status: 200, body: { entry: { data: { text: 'mirá', attachments: [second, first] } } } });
  const third = await files.ana.upload();
  const alone = await files.ana.send(conversationId, { attachmentIds: [third.id] });
  expect(alone).toMatchObject({ status: 200, body: { entry: { data: { text: '', attachments: [third] } }, conversation: { lastMessage: { text: '' } } } });
  expect(alone.body.entry.data).not.toHaveProperty('voice');
  for (const who of ['ana', 'beto', 'boss'] as const) expect([who, await files[who].statuses(first.id)]).toEqual([who, seen]);
  for (const who of ['cata', 'stranger'] as const) expect([who, await files[who].statuses(first.id)]).toEqual([who, unseen]);
  const bytes = await files.beto.get(second.id);
  expect(await bytes.text()).toBe('hola');
  // Sight is asked each time.
  await ana.call(transferConversation, { conversationId, teamId: seeded.north.teams.soporte });
  expect(await files.cata.statuses(first.id)).toEqual(seen);
  for (const who of ['ana', 'beto'] as const) expect([who, await files[who].statuses(first.id)]).toEqual([who, unseen]);
});

it('replicas are one to a file: it is uploaded at one, sent at the other, got at the first, and the first’s link opens at the other', async () => {
  const conversationId = await claimed();
  const there = await FileClient.signIn(system.gatewayUrl(2), seeded.north.agents.ana);
  const { id } = await files.ana.upload();
  expect(await there.send(conversationId, { attachmentIds: [id] })).toMatchObject({ status: 200, body: { entry: { data: { attachments: [{ id }] } } } });
  const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
  expect((await bytesOf(await files.ana.get(id))).equals(picture)).toBe(true);
  const { url } = (await (await files.ana.get(id, '/link')).json()) as { url: string };
  const linked = await fetch(`${system.gatewayUrl(2)}${url}`);
  expect(linked.status).toBe(200);
  expect((await bytesOf(linked)).equals(picture)).toBe(true);
});

it('of a closed conversation as well', async () => {
  const conversationId = await claimed();
  const { id } = await files.ana.upload();
  await files.ana.send(conversationId, { attachmentIds: [id] });
  await ana.call(closeConversation, { conversationId });
  expect(await files.beto.statuses(id)).toEqual(seen);
  expect(await files.cata.statuses(id)).toEqual(unseen);
});

it('a file goes with one message, by its uploader, and a refused one leaves it free', async () => {
  const conversationId = await claimed();
  const other = await claimed();
  const { id } = await files.ana.upload();
  for (const message of [{}, { attachmentIds: [] }]) expect(await files.ana.send(conversationId, message)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED', errors: [{ path: 'text' }] } });
  const eleven = Array.from({ length: 11 }, () => randomUUID());
  expect(await files.ana.send(conversationId, { attachmentIds: eleven })).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED', errors: [{ path: 'attachmentIds' }] } });
  expect(await files.ana.send(conversationId, { attachmentIds: [id, id] })).toMatchObject({ status: 400, body: { errors: [{ path: 'attachmentIds' }] } });
  // What a client says of a file is nothing that is asked.
  expect(await files.ana.send(conversationId, { text: 'x', attachments: [] })).toMatchObject({ status: 400, body: { errors: [{ path: 'attachments' }] } });

  expect(await files.boss.send(conversationId, { text: 'de otra persona', attachmentIds: [id] })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect(await files.ana.send(conversationId, { attachmentIds: [id, randomUUID()] })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect(await files.ana.send(randomUUID(), { attachmentIds: [id] })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  const [commandId, ten] = [randomUUID(), await Promise.all(Array.from({ length: 9 }, () => files.ana.upload()))];
  const ids = [id, ...ten.map((file) => file.id)];
  const first = await files.ana.send(conversationId, { attachmentIds: ids }, commandId);
  expect(first.status).toBe(200);
  expect(first.body.entry.data.attachments.map((file) => file.id)).toEqual(ids);
  expect(await files.ana.send(conversationId, { attachmentIds: ids }, commandId)).toMatchObject({ status: 200, body: { entry: first.body.entry } });
  expect(await files.ana.send(conversationId, { attachmentIds: [id] }, commandId)).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  for (const place of [conversationId, other]) expect(await files.ana.send(place, { text: 'otra vez', attachmentIds: [id] })).toMatchObject({ status: 404 });
});

it('order of checks: sight, closed, assignee, then the files', async () => {
  const [nobodys, conversationId] = [randomUUID(), await claimed()];
  const send = async (who: keyof typeof files) => (await files[who].send(conversationId, { attachmentIds: [nobodys] })).body.code;
  expect(await send('beto')).toBe('NOT_ASSIGNEE');
  expect(await send('ana')).toBe('NOT_FOUND');
  await ana.call(closeConversation, { conversationId });
  expect(await send('ana')).toBe('CONVERSATION_CLOSED');
});

it('of messages that race for one file, one gets it', async () => {
  const places = await Promise.all(Array.from({ length: 4 }, () => claimed()));
  const { id } = await files.ana.upload();
  const answers = await Promise.all(places.map((place) => files.ana.send(place, { text: 'mía', attachmentIds: [id] })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404, 404]);
});

it('over the socket as over REST', async () => {
  const conversationId = await claimed();
  const attachment = await files.ana.upload();
  const socket = await ana.connect();
  const { id } = attachment;
  expect(await socket.emit('message.send', { conversationId, commandId: randomUUID(), attachmentIds: [id] })).toMatchObject({ entry: { data: { attachments: [attachment] } } });
  socket.close();
});

it('a visitor and an agent send each other files; each customer sees their own alone', async () => {
  const [{ visitor, client }, { client: somebodyElse }] = [await visit(), await visit()];
  const attachment = await client.upload(picture, { name: '../../foto.png' });
  expect(attachment.name).toBe('foto.png');
  expect(await client.statuses(attachment.id)).toEqual(seen);
  expect(await somebodyElse.statuses(attachment.id)).toEqual(unseen);
  expect(await files.boss.statuses(attachment.id)).toEqual(unseen);

  const commandId = randomUUID();
  const sent = await visitor.ask<PublicEntryShape>('message.send', { commandId, attachmentIds: [attachment.id] });
  expect(sent).toMatchObject({ ok: true, data: { data: { text: '', attachments: [attachment] } } });
  const repeated = await visitor.ask<PublicEntryShape>('message.send', { commandId, attachmentIds: [attachment.id] });
  expect(repeated).toEqual(sent);
  expect(await visitor.ask('message.send', { commandId: randomUUID(), text: 'x', attachmentIds: [attachment.id] })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  expect(await visitor.ask('message.send', { commandId: randomUUID() })).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED' } });

  const { conversationId } = (sent as { data: PublicEntryShape }).data;
  await ana.call(claimConversation, { conversationId });
  const answer = await files.ana.upload();
  await files.ana.send(conversationId, { attachmentIds: [answer.id] });
  const told = await eventually(() => {
    const found = visitor.told.find(({ data }) => (data as { attachments?: AttachmentShape[] }).attachments?.[0]?.id === answer.id);
    expect(found).toMatchObject({ data: { text: '', attachments: [answer] } });
    return found;
  });
  expect(told?.conversationId).toBe(conversationId);
  for (const { id } of [attachment, answer]) {
    expect(await client.statuses(id)).toEqual(seen);
    expect(await files.beto.statuses(id)).toEqual(seen);
    expect(await somebodyElse.statuses(id)).toEqual(unseen);
    expect(await files.cata.statuses(id)).toEqual(unseen);
  }
  // Neither token is the other's.
  expect((await new FileClient(system.gatewayUrl(), visitor.ready.visitorToken).get(answer.id)).status).toBe(401);
  expect((await new FileClient(system.gatewayUrl(), ana.session.accessToken, '/widget/attachments').get(answer.id)).status).toBe(401);
});

it('a visitor who is blocked brings no file, and is told what they are told of a message', async () => {
  const { visitor, client } = await visit();
  const say = (): Promise<object> => visitor.ask('message.send', { commandId: randomUUID(), text: 'hola' });
  const written = (await say()) as { data: PublicEntryShape };
  const boss = await system.login(seeded.north.agents.boss);
  const { customer } = await boss.call(getConversation, { conversationId: written.data.conversationId });
  await boss.call(blockCustomer, { customerId: customer.id });
  const { error } = (await say()) as { error: { code: string; message: string } };
  expect(await client.post(picture)).toMatchObject({ status: 422, body: { code: error.code, detail: error.message } });
  expect(error.code).toBe('RULE_VIOLATED');
  await boss.call(unblockCustomer, { customerId: customer.id });
  expect(await client.post(picture)).toMatchObject({ status: 200 });
});

it('a voice message goes where the workspace and the channel have voice, else VOICE_DISABLED', async () => {
  const voice = await readFile('apps/gateway/test/fixtures/voz.webm');
  const upload = () => files.ana.upload(voice, { name: 'voz.webm', type: 'audio/webm;codecs=opus', voice: 'true', durationMs: '3000' });
  const [conversationId, [first, second, third]] = [await claimed(), await Promise.all([upload(), upload(), upload()])];
  expect(first.voice?.peaks).toHaveLength(64);
  expect(await files.ana.send(conversationId, { attachmentIds: [first.id] })).toMatchObject({ status: 200, body: { entry: { data: { voice: true, attachments: [{ mediaType: 'audio/webm', voice: first.voice }] } } } });
  const boss = await system.login(seeded.north.agents.boss);

  const { id: channelId, secret } = await boss.call(createChannel, { name: 'Sin voz', kind: 'api', voice: false });
  const quiet = await system.receive({ id: channelId, secret }, aMessage({ from: '+34600' }));
  const sendThere = (text: object) => files.boss.send(quiet.conversationId, text);
  const theirs = await files.boss.upload(voice, { name: 'voz.webm', type: 'audio/webm', voice: 'true' });
  expect(await sendThere({ attachmentIds: [theirs.id] })).toMatchObject({ status: 422, body: { code: 'VOICE_DISABLED' } });
  expect((await boss.call(listChannels, {})).items.find(({ id }) => id === channelId)).toMatchObject({ voice: false });

  await boss.call(updatePolicy, { voice: false });
  const { visitor, client } = await visit();
  const spoken = await client.upload(voice, { name: 'voz.webm', type: 'audio/webm', voice: 'true' });
  expect(await visitor.ask('message.send', { commandId: randomUUID(), attachmentIds: [spoken.id] })).toMatchObject({ ok: false, error: { code: 'VOICE_DISABLED' } });
  expect(visitor.told).toEqual([]);
  expect(await files.ana.send(conversationId, { attachmentIds: [second.id] })).toMatchObject({ status: 422, body: { code: 'VOICE_DISABLED' } });
  expect(await files.ana.post(voice, { name: 'voz.webm', type: 'audio/webm', voice: 'true' })).toMatchObject({ status: 422, body: { code: 'VOICE_DISABLED' } });
  await boss.call(updatePolicy, { voice: true });
  expect(await files.ana.send(conversationId, { attachmentIds: [second.id, third.id] })).toMatchObject({ status: 200 });
  expect(await visitor.ask('message.send', { commandId: randomUUID(), attachmentIds: [spoken.id] })).toMatchObject({ ok: true });
});

it('a conversation is found by what its files are called', async () => {
  const conversationId = await claimed();
  const name = `contrato${randomUUID().slice(0, 8)}`;
  const { id } = await files.ana.upload(Buffer.from('hola'), { name: `${name}.txt`, type: 'text/plain' });
  await files.ana.send(conversationId, { attachmentIds: [id] });
  expect((await ana.call(listConversations, { q: name })).items.map((found) => found.id)).toEqual([conversationId]);
  expect((await ana.call(listConversations, { q: id })).items).toEqual([]);
});
