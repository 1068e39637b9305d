import { getConnectionToken } from '@nestjs/mongoose';
import { type AgentView, type AttachmentView, findAttachments, removeUnusedFiles, sendMessage, type SendMessage, type UnusedFilesReport } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import type { Connection } from 'mongoose';
import { FileStore } from '../src/files/store/file-store.js';
import type { UploadRecord } from '../src/files/upload.schema.js';
import { formOf, png } from './support/form.js';
import { System } from './support/system.js';

let system: System;
let token: string;
let ana: AgentView;

beforeAll(async () => {
  system = await System.start(2);
  ana = system.services.hire('ana');
  token = await system.tokenOf(ana);
  system.services.answer(findAttachments, () => Promise.resolve({ items: [] }));
  system.services.answer(sendMessage, () => Promise.resolve({ entry: null, conversation: { id: 'c1', channelId: 'api' } }));
});

afterAll(() => system?.stop());

const hours = 60 * 60 * 1000;
const connection = (): Connection => system.gateways[0]!.get<Connection>(getConnectionToken());
const uploads = () => connection().collection<UploadRecord>('uploads');
const upload = async (): Promise<string> => {
  const response = await fetch(`${system.url}/v1/attachments`, { method: 'POST', body: formOf({ name: 'foto.png', bytes: png }), headers: { authorization: `Bearer ${token}` } });
  return ((await response.json()) as AttachmentView).id;
};
const aged = async (id: string, hoursAgo: number, more: Partial<UploadRecord> = {}): Promise<string> => {
  await uploads().updateOne({ _id: id }, { $set: { touchedAt: new Date(Date.now() - hoursAgo * hours), ...more } });
  return id;
};
const send = (ids: readonly string[], commandId = newId(), replica = 0) =>
  system.rest('POST', '/v1/conversations/c1/messages', { token, replica, body: { attachmentIds: ids }, headers: { 'idempotency-key': commandId } });
const sweep = (limit = 100): Promise<UnusedFilesReport> => system.gateways[0]!.get(MessageBus).request(removeUnusedFiles, { limit }, systemCaller('scheduler'));
const there = async (id: string): Promise<boolean> => (await uploads().findOne({ _id: id })) !== null;
const chunks = (): Promise<number> => connection().collection('files.chunks').countDocuments();

it('what was not sent for a day is removed, with its bytes and its picture; nothing else is', async () => {
  const before = await chunks();
  const [old, young, sent] = [await upload(), await upload(), await upload()];
  await fetch(`${system.url}/v1/attachments/${old}/thumbnail`, { headers: { authorization: `Bearer ${token}` } });
  expect((await send([sent])).status).toBe(200);
  await aged(old, 24.1);
  await aged(young, 23.9);
  expect(await sweep()).toEqual({ removed: 1, more: false });
  expect([await there(old), await there(young), await there(sent)]).toEqual([false, true, true]);
  expect(await chunks()).toBe(before + 2);
  expect(await connection().collection('thumbnails').countDocuments()).toBe(0);
  expect(await sweep()).toEqual({ removed: 0, more: false });
  expect((await system.rest('GET', `/v1/attachments/${old}`, { token })).status).toBe(404);
  expect((await send([old])).status).toBe(200);
  expect((system.services.received.at(-1)!.request as SendMessage).attachments).toEqual([]);
});

it('what a killed gateway left of an upload goes an hour later, also what it left of a removal', async () => {
  const [receiving, removing, recent] = [await upload(), await upload(), await upload()];
  const before = await chunks();
  await aged(receiving, 1.1, { state: 'receiving' });
  await connection().collection('files.files').deleteMany({ filename: (await uploads().findOne({ _id: receiving }))!.blob });
  await aged(removing, 1.1, { state: 'removing' });
  await aged(recent, 0.9, { state: 'receiving' });
  expect(await sweep()).toEqual({ removed: 2, more: false });
  expect([await there(receiving), await there(removing), await there(recent)]).toEqual([false, false, true]);
  expect(await chunks()).toBe(before - 2);
  await uploads().deleteOne({ _id: recent });
});

it('what a message may refer to is asked of its owner first', async () => {
  const id = await aged(await upload(), 25, { claim: { key: 'someone/else', attempts: 1 } });
  system.services.answer(findAttachments, (request) => Promise.resolve({ items: (request as { attachmentIds: string[] }).attachmentIds.map((attachmentId) => ({ attachmentId, conversationId: 'c1', channelId: 'api' })) }));
  expect(await sweep()).toMatchObject({ removed: 0 });
  expect(await uploads().findOne({ _id: id })).toMatchObject({ binding: { conversationId: 'c1', channelId: 'api' } });
  system.services.answer(findAttachments, () => Promise.resolve({ items: [] }));
  const lost = await aged(await upload(), 25, { claim: { key: 'someone/else', attempts: 1 } });
  expect(await sweep()).toEqual({ removed: 1, more: false });
  expect([await there(id), await there(lost)]).toEqual([true, false]);
});

it('goes in batches, and one that cannot be removed keeps none of the others', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, upload));
  for (const id of ids) await aged(id, 30);
  const { blob } = (await uploads().findOne({ _id: ids[0]! }))!;
  for (const gateway of system.gateways) {
    const store = gateway.get(FileStore);
    const remove = store.remove.bind(store);
    jest.spyOn(store, 'remove').mockImplementation((key) => (key === blob ? Promise.reject(new Error('not now')) : remove(key)));
  }
  expect(await sweep(3)).toEqual({ removed: 2, more: true });
  expect(await sweep(3)).toMatchObject({ removed: 2 });
  jest.restoreAllMocks();
  expect(await uploads().findOne({ _id: ids[0]! })).toMatchObject({ state: 'removing' });
  expect(await sweep()).toEqual({ removed: 1, more: false });
});

it('a message that takes a file while it is removed has it, or is told that there is none', async () => {
  for (let round = 0; round < 10; round += 1) {
    const ids = await Promise.all(Array.from({ length: 4 }, async () => aged(await upload(), 25)));
    const commands = ids.map(() => newId());
    const [, ...answers] = await Promise.all([Promise.all([sweep(), sweep()]), ...ids.map((id, place) => send([id], commands[place], place % 2))]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    for (const [place, id] of ids.entries()) {
      const { request } = system.services.received.find(({ request }) => (request as SendMessage).commandId === commands[place])!;
      const taken = (request as SendMessage).attachments!.length === 1;
      expect(await there(id)).toBe(taken);
      expect((await system.gateways[0]!.get<Connection>(getConnectionToken()).collection('files.files').countDocuments({ filename: (await uploads().findOne({ _id: id }))?.blob ?? 'none' })) === 1).toBe(taken);
    }
  }
});
