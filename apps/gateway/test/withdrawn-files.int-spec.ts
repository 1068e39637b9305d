import { getConnectionToken } from '@nestjs/mongoose';
import { findAttachments, notFound, receiveVisitorMessage, sendMessage, type SendMessage } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import type { Connection } from 'mongoose';
import type { UploadRecord } from '../src/files/upload.schema.js';
import { eventually } from './support/eventually.js';
import { FileDesk } from './support/file-desk.js';
import { png } from './support/form.js';
import { System } from './support/system.js';
import { Visitors } from './support/visitors.js';

const limit = 10;

let system: System;
let visitors: Visitors;

beforeAll(async () => {
  system = await System.start(2, { UNSENT_FILES: String(limit), VISITOR_UNSENT_FILES: String(limit), VISITOR_SENDS_BURST: '100' });
  visitors = new Visitors(system);
  // As the owner: a message of nothing but a file that its sender may not send is refused.
  system.services.answer(sendMessage, (request) => {
    const { attachments = [] } = request as SendMessage;
    return attachments.length > 0 ? Promise.resolve({ entry: null, conversation: { id: 'c1', channelId: 'api' } }) : Promise.reject(notFound('attachment'));
  });
  system.services.answer(findAttachments, () => Promise.resolve({ items: [] }));
});

afterAll(async () => {
  visitors?.close();
  await system?.stop();
});

const connection = (): Connection => system.gateways[0]!.get<Connection>(getConnectionToken());
const aDesk = async (workspaceId = 'sur'): Promise<FileDesk> => new FileDesk(system, await system.tokenOf(system.services.hire('ana', {}, workspaceId)));

const withdraw = async (path: string, token: string, replica = 1): Promise<number> => (await fetch(`${system.urls[replica]}${path}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })).status;
const take = (id: string, token: string, replica?: number): Promise<number> => withdraw(`/v1/attachments/${id}`, token, replica);
const send = async (id: string, token: string): Promise<number> =>
  (await system.rest('POST', '/v1/conversations/c1/messages', { token, body: { attachmentIds: [id] }, headers: { 'idempotency-key': newId() } })).status;

it('who chooses files and takes them out again all day never meets the limit, and leaves nothing behind', async () => {
  const desk = await aDesk();
  const ids: string[] = [];
  for (let count = 0; count < 3 * limit; count += 1) {
    const { id } = await desk.upload({ name: 'foto.png', bytes: png });
    expect((await desk.get(`/v1/attachments/${id}/thumbnail`)).status).toBe(200);
    expect(await take(id, desk.token, count % 2)).toBe(204);
    expect((await desk.get(`/v1/attachments/${id}`)).status).toBe(404);
    ids.push(id);
  }
  await eventually(async () => {
    for (const [collection, filter] of [['uploads', { _id: { $in: ids } }], ['thumbnails', { _id: { $in: ids } }]] as const) {
      expect(await connection().collection<{ _id: string }>(collection).countDocuments(filter)).toBe(0);
    }
    expect(await connection().collection('files.chunks').countDocuments()).toBe(0);
  });
});

it('nobody takes back what is another’s, is in a message, or is not there: all that is answered alike', async () => {
  const [desk, colleague, foreigner] = [await aDesk(), await aDesk(), await aDesk('norte')];
  const { id } = await desk.upload({ bytes: png });
  const sent = await desk.upload({ bytes: png });
  expect(await send(sent.id, desk.token)).toBe(200);
  const client = await visitors.connect();
  const visitorToken = String((await client.hear('ready')).visitorToken);
  const refusals = [take(id, colleague.token), take(id, foreigner.token), take(sent.id, desk.token), take(newId(), desk.token), take('__proto__', desk.token), withdraw(`/v1/widget/attachments/${id}`, visitorToken)];
  expect(await Promise.all(refusals)).toEqual(refusals.map(() => 404));
  expect(await take(id, visitorToken)).toBe(401);
  for (const kept of [id, sent.id]) expect((await connection().collection<UploadRecord>('uploads').findOne({ _id: kept }))?.state).toBe('stored');
  expect(await take(id, desk.token)).toBe(204);
  expect(await take(id, desk.token)).toBe(404);
});

it('of a message and of who takes its file back at the same moment, at two gateways, exactly one wins', async () => {
  const desk = await aDesk();
  for (let round = 0; round < 20; round += 1) {
    const { id } = await desk.upload({ bytes: png });
    const both = round % 2 === 0 ? [take(id, desk.token), send(id, desk.token)] : [send(id, desk.token), take(id, desk.token)].toReversed();
    const [taken, sent] = await Promise.all(both);
    expect([[204, 404], [404, 200]]).toContainEqual([taken, sent]);
    expect((await connection().collection<UploadRecord>('uploads').findOne({ _id: id }))?.state === 'stored').toBe(sent === 200);
  }
});

it('a visitor takes back their own files likewise', async () => {
  const [client, other] = [await visitors.connect(), await visitors.connect()];
  const [token, stranger] = [String((await client.hear('ready')).visitorToken), String((await other.hear('ready')).visitorToken)];
  const path = '/v1/widget/attachments';
  for (let count = 0; count < 2 * limit; count += 1) {
    const form = new FormData();
    form.append('file', new Blob(['hola']), 'hola.txt');
    const response = await fetch(`${system.url}${path}`, { method: 'POST', body: form, headers: { authorization: `Bearer ${token}` } });
    const { id } = (await response.json()) as { id: string };
    expect(await withdraw(`${path}/${id}`, stranger)).toBe(404);
    expect(await withdraw(`${path}/${id}`, token, count % 2)).toBe(204);
    system.services.answer(receiveVisitorMessage, () => Promise.reject(notFound('attachment')));
    expect(await client.ask('message.send', { commandId: newId(), attachmentIds: [id] })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  }
});
