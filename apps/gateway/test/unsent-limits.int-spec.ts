import { getConnectionToken } from '@nestjs/mongoose';
import { AppError, type AttachmentView, checkSender, removeUnusedFiles, receiveVisitorMessage, sendMessage } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import type { Connection } from 'mongoose';
import type { UnsentRecord, UploadRecord } from '../src/files/upload.schema.js';
import { formOf, noise, SlowForm } from './support/form.js';
import type { LiveClient } from './support/live-client.js';
import { System } from './support/system.js';
import { Visitors } from './support/visitors.js';

const MiB = 1024 * 1024;
const most = { files: 12, bytes: 400 * MiB };

let system: System;
let visitors: Visitors;

beforeAll(async () => {
  system = await System.start(2, { UNSENT_FILES: String(most.files), UNSENT_BYTES: String(most.bytes), VISITOR_UNSENT_FILES: '10', VISITOR_UNSENT_BYTES: String(most.bytes), VISITOR_SENDS_BURST: '100' });
  visitors = new Visitors(system);
  system.services.answer(sendMessage, () => Promise.resolve({ entry: null, conversation: { id: 'c1', channelId: 'api' } }));
});

afterAll(async () => {
  visitors?.close();
  await system?.stop();
});

const connection = (): Connection => system.gateways[0]!.get<Connection>(getConnectionToken());
const uploads = () => connection().collection<UploadRecord>('uploads');
const unsent = () => connection().collection<UnsentRecord>('unsent');

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: AttachmentView & { readonly code?: string; readonly details?: object };
}

async function post(token: string, { replica = 0, bytes = 100, path = '/v1/attachments' } = {}): Promise<Answer> {
  const response = await fetch(`${system.urls[replica]}${path}`, { method: 'POST', body: formOf({ bytes: noise(bytes) }), headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, headers: response.headers, json: (await response.json()) as Answer['json'] };
}

/** So many at once, spread over both replicas. */
const race = (count: number, token: string, options: { path?: string; bytes?: number } = {}): Promise<Answer[]> => Promise.all(Array.from({ length: count }, (_, place) => post(token, { ...options, replica: place % 2 })));
const taken = (answers: readonly Answer[]): AttachmentView[] => answers.filter(({ status }) => status === 200).map(({ json }) => json);
const someone = async (): Promise<{ id: string; token: string }> => {
  const agent = system.services.hire('ana');
  return { id: agent.id, token: await system.tokenOf(agent) };
};
const sendAll = async (token: string, ids: readonly string[]): Promise<void> => {
  expect((await system.rest('POST', '/v1/conversations/c1/messages', { token, body: { attachmentIds: ids }, headers: { 'idempotency-key': newId() } })).status).toBe(200);
};
/** As large as if they had been uploaded so. */
const grow = async (ids: readonly string[], size: number): Promise<void> => void (await uploads().updateMany({ _id: { $in: [...ids] } }, { $set: { size } }));

it('of 20 uploads at once on two replicas as many are taken as there is room for, and the others are RATE_LIMITED and leave nothing', async () => {
  const { id, token } = await someone();
  const chunks = await connection().collection('files.chunks').countDocuments();
  const answers = await race(20, token);
  expect(taken(answers)).toHaveLength(most.files);
  for (const { headers, json } of answers.filter(({ status }) => status !== 200)) {
    expect(json).toMatchObject({ status: 429, code: 'RATE_LIMITED', details: { retryAfterMs: 60_000, unsent: most } });
    expect(headers.get('retry-after')).toBe('60');
  }
  expect(await uploads().countDocuments({ uploader: `agent:${id}` })).toBe(most.files);
  expect(await connection().collection('files.chunks').countDocuments()).toBe(chunks + most.files);
  // Nobody else's share is smaller for it.
  expect((await post((await someone()).token)).status).toBe(200);
});

it('what was sent makes room, and so does what was removed', async () => {
  const { token } = await someone();
  const ids = taken(await race(most.files, token)).map(({ id }) => id);
  expect((await post(token)).status).toBe(429);
  await sendAll(token, ids.slice(0, 3));
  expect(taken(await race(5, token))).toHaveLength(3);
  await uploads().updateMany({ _id: { $in: ids.slice(3, 5) } }, { $set: { touchedAt: new Date(0) } });
  expect(await system.gateways[0]!.get(MessageBus).request(removeUnusedFiles, { limit: 100 }, systemCaller('scheduler'))).toMatchObject({ removed: 2 });
  expect(taken(await race(5, token))).toHaveLength(2);
});

it('bytes count as files do: as large as is said while a file comes, as large as it is when it is there', async () => {
  const { token } = await someone();
  const ids = taken(await race(2, token)).map(({ id }) => id);
  await grow(ids, most.bytes / 2 - 10 * MiB);
  // Room is left for 20 MiB, and a form that does not say its size may be of 40.
  const unsaid = SlowForm.open(`${system.url}/v1/attachments`, token);
  await unsaid.send(noise(5_000));
  expect(await unsaid.end()).toBe(429);
  expect(taken(await race(4, token, { bytes: 6 * MiB }))).toHaveLength(3);
  expect((await post(token, { bytes: 3 * MiB })).status).toBe(429);
  expect((await post(token, { bytes: MiB })).status).toBe(200);
});

it('what fails, or is broken off, takes no room', async () => {
  const { id, token } = await someone();
  for (let count = 0; count < 2 * most.files; count += 1) {
    const form = new FormData();
    form.append('file', new Blob([noise(100)]), 'x.bin');
    form.append('nobody', 'knows');
    expect((await fetch(`${system.url}/v1/attachments`, { method: 'POST', body: form, headers: { authorization: `Bearer ${token}` } })).status).toBe(400);
  }
  expect(taken(await race(most.files, token))).toHaveLength(most.files);
  expect((await unsent().findOne({ _id: `agent:${id}` }))!.files).toHaveLength(most.files);
});

const visit = async (): Promise<{ client: LiveClient; token: string }> => {
  const client = await visitors.connect();
  return { client, token: String((await client.hear('ready')).visitorToken) };
};

it('a visitor has a share of their own, and room again once they have sent', async () => {
  const [{ client, token }, other] = [await visit(), await visit()];
  const path = '/v1/widget/attachments';
  const ids = taken(await race(15, token, { path })).map(({ id }) => id);
  expect(ids).toHaveLength(10);
  expect((await post(token, { path })).json).toMatchObject({ status: 429, code: 'RATE_LIMITED', details: { unsent: { files: 10 } } });
  expect((await post(other.token, { path })).status).toBe(200);
  system.services.answer(receiveVisitorMessage, () => Promise.resolve({ conversationId: 'c2', seq: 2, type: 'message', visibility: 'public', at: '2026-03-01T10:00:00.000Z', actor: { kind: 'customer', name: '' }, data: { text: '', attachments: [] } }));
  expect(await client.ask('message.send', { commandId: newId(), attachmentIds: ids })).toMatchObject({ ok: true });
  expect(taken(await race(12, token, { path }))).toHaveLength(10);
});

it('a visitor whose messages are refused brings no file either, is told the same, and nothing of it is kept', async () => {
  const [{ token }, path] = [await visit(), '/v1/widget/attachments'];
  const refusal = { code: 'RULE_VIOLATED', message: 'This customer is blocked.' } as const;
  const kept = () => Promise.all(['uploads', 'unsent', 'files.files', 'files.chunks'].map((name) => connection().collection(name).countDocuments()));
  const before = await kept();
  system.services.answer(checkSender, () => Promise.reject(new AppError(refusal.code, refusal.message)));
  try {
    expect((await post(token, { path })).json).toMatchObject({ status: 422, code: refusal.code, detail: refusal.message });
    // What is wrong with the file itself comes first.
    expect((await post(token, { path, bytes: 0 })).json).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
  } finally {
    system.services.answer(checkSender, () => Promise.resolve({}));
  }
  expect(await kept()).toEqual(before);
  expect((await post(token, { path })).status).toBe(200);
});
