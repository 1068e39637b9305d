import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getConnectionToken } from '@nestjs/mongoose';
import { type AttachmentView, checkSignature, getPolicy, type PreparedVoice, prepareVoice, removeUnusedFiles, sendMessage, type VoiceFormat } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import type { Connection } from 'mongoose';
import { GatewayConfig } from '../src/config.js';
import { MediaWorkers, NotReadNow } from '../src/files/media-workers.js';
import { formOf } from './support/form.js';
import { System } from './support/system.js';

let system: System;
let token: string;

beforeAll(async () => {
  system = await System.start(2);
  token = await system.tokenOf(system.services.hire('ana'));
  system.services.answer(getPolicy, () => Promise.resolve({ toleranceHours: 24, voice: true }));
  system.services.answer(sendMessage, () => Promise.resolve({ entry: null, conversation: { id: 'c1', channelId: 'wa' } }));
});

afterAll(() => system?.stop());

const recorded = (name: string): Promise<Buffer> => readFile(join(__dirname, 'fixtures', name));

async function sent(bytes: Uint8Array, name: string, type: string): Promise<AttachmentView> {
  const response = await fetch(`${system.url}/v1/attachments`, { method: 'POST', body: formOf({ name, type, bytes }, { voice: 'true', durationMs: '3000' }), headers: { authorization: `Bearer ${token}` } });
  const attachment = (await response.json()) as AttachmentView;
  const { status } = await system.rest('POST', '/v1/conversations/c1/messages', { token, body: { attachmentIds: [attachment.id] }, headers: { 'idempotency-key': newId() } });
  expect(status).toBe(200);
  return attachment;
}

/** As the system outside of channel `wa`, which wants voice messages so. */
async function fetched(id: string, voiceFormat?: VoiceFormat, headers: Record<string, string> = {}, replica = 0): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  system.services.answer(checkSignature, () => Promise.resolve({ workspaceId: 'sur', ...(voiceFormat && { voiceFormat }) }));
  const response = await fetch(`${system.urls[replica]}/v1/channels/wa/attachments/${id}`, { headers: { 'x-relevo-signature': 'sha256=00', ...headers } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

const prepared = (attachmentIds: string[], channelId = 'wa'): Promise<PreparedVoice> =>
  system.gateways[1]!.get(MessageBus).request(prepareVoice, { attachmentIds }, { actor: { kind: 'channel', workspaceId: 'sur', id: channelId }, correlationId: newId() });

it('a voice message is in Ogg for a channel that wants it, on every replica the same, and as recorded for everybody else', async () => {
  const recording = await recorded('voz.webm');
  const attachment = await sent(recording, 'voz.webm', 'audio/webm;codecs=opus');
  const { id } = attachment;
  const ogg = await fetched(id, 'ogg-opus');
  expect(ogg.status).toBe(200);
  expect(ogg.headers.get('content-type')).toBe('audio/ogg');
  expect(ogg.headers.get('content-disposition')).toBe('inline; filename=voz.ogg');
  expect(ogg.bytes.toString('latin1', 0, 4)).toBe('OggS');
  expect(ogg.bytes.toString('latin1', 28, 36)).toBe('OpusHead');
  const etag = ogg.headers.get('etag')!;
  expect((await fetched(id, 'ogg-opus', { 'if-none-match': etag }, 1)).status).toBe(304);
  const part = await fetched(id, 'ogg-opus', { range: 'bytes=28-35' }, 1);
  expect([part.status, part.bytes.toString('latin1')]).toEqual([206, 'OpusHead']);
  expect(await prepared([id])).toEqual({ items: [{ ...attachment, name: 'voz.ogg', mediaType: 'audio/ogg', size: ogg.bytes.length }] });

  const asRecorded = await fetched(id);
  expect(asRecorded.headers.get('content-type')).toBe('audio/webm');
  expect(asRecorded.bytes.equals(recording)).toBe(true);
  const agents = await fetch(`${system.url}/v1/attachments/${id}`, { headers: { authorization: `Bearer ${token}` } });
  expect(agents.headers.get('content-type')).toBe('audio/webm');
});

it('asked for by many at once it is made once, and no sweep takes it', async () => {
  const { id } = await sent(await recorded('voz.mp4'), 'voz.mp4', 'audio/mp4');
  const answers = await Promise.all(Array.from({ length: 6 }, () => fetched(id, 'ogg-opus')));
  expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.get('content-type')} ${headers.get('etag')}`)).size).toBe(1);
  const uploads = system.gateways[0]!.get<Connection>(getConnectionToken()).collection('uploads');
  expect(await uploads.countDocuments({ uploader: `made-of:${id}` })).toBe(1);
  expect(await uploads.findOne({ uploader: `made-of:${id}` })).toMatchObject({ state: 'stored', binding: { conversationId: 'c1', channelId: 'wa' } });
  await system.gateways[0]!.get(MessageBus).request(removeUnusedFiles, { limit: 100 }, systemCaller('scheduler'));
  expect((await fetched(id, 'ogg-opus')).headers.get('content-type')).toBe('audio/ogg');
});

it('what cannot be put into Ogg is handed over as it is, and is said to be that', async () => {
  const unreadable = Buffer.concat([(await recorded('voz.webm')).subarray(0, 60), Buffer.from('no sound at all')]);
  const attachment = await sent(unreadable, 'voz.webm', 'audio/webm');
  expect(await prepared([attachment.id])).toEqual({ items: [attachment] });
  const { status, headers, bytes } = await fetched(attachment.id, 'ogg-opus');
  expect([status, headers.get('content-type'), bytes.equals(unreadable)]).toEqual([200, 'audio/webm', true]);
});

describe('a voice message that is not read in time', () => {
  const late = (task: 'readRecording' | 'toOgg') => system.gateways.map((gateway) => jest.spyOn(gateway.get(MediaWorkers), task).mockRejectedValue(new NotReadNow('late')));
  afterEach(() => jest.restoreAllMocks());

  it('because the machine is busy is asked for again, and is in Ogg then', async () => {
    const { id } = await sent(await recorded('voz.webm'), 'voz.webm', 'audio/webm');
    late('toOgg');
    expect((await fetched(id, 'ogg-opus', {}, 1)).status).toBe(503);
    await expect(prepared([id])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    jest.restoreAllMocks();
    expect((await fetched(id, 'ogg-opus')).headers.get('content-type')).toBe('audio/ogg');
    expect((await prepared([id])).items).toMatchObject([{ mediaType: 'audio/ogg' }]);
  });

  it('at its upload is read once more, and has its waveform', async () => {
    const workers = system.gateways[0]!.get(MediaWorkers);
    const reading = jest.spyOn(workers, 'readRecording').mockRejectedValueOnce(new NotReadNow('late'));
    const { voice } = await sent(await recorded('voz.webm'), 'voz.webm', 'audio/webm');
    expect(reading).toHaveBeenCalledTimes(2);
    expect(voice!.peaks).toHaveLength(64);
  });

  it('at its upload, twice, is as long as its sender says, and in Ogg all the same', async () => {
    late('readRecording');
    const { id, voice } = await sent(await recorded('voz.webm'), 'voz.webm', 'audio/webm');
    expect(voice).toEqual({ durationMs: 3000, peaks: [] });
    expect((await fetched(id, 'ogg-opus')).headers.get('content-type')).toBe('audio/ogg');
  });

  it('ever, because it keeps its parser busy for ever, stays as recorded after a few tries, and holds up no other then', async () => {
    const hostile = Buffer.concat([(await recorded('voz.webm')).subarray(0, 60), Buffer.alloc(300)]);
    for (const gateway of system.gateways) jest.replaceProperty(gateway.get(GatewayConfig), 'MEDIA_TIMEOUT_MS', 1_000);
    const { id } = await sent(hostile, 'voz.webm', 'audio/webm');
    // Two tries were at its upload.
    expect((await fetched(id, 'ogg-opus')).status).toBe(503);
    for (let time = 0; time < 2; time += 1) expect((await fetched(id, 'ogg-opus')).headers.get('content-type')).toBe('audio/webm');
    const readings = system.gateways.map((gateway) => jest.spyOn(gateway.get(MediaWorkers), 'toOgg'));
    expect((await fetched(id, 'ogg-opus', {}, 1)).headers.get('content-type')).toBe('audio/webm');
    for (const reading of readings) expect(reading).not.toHaveBeenCalled();
    jest.restoreAllMocks();
    const other = await sent(await recorded('voz.mp4'), 'voz.mp4', 'audio/mp4');
    expect((await fetched(other.id, 'ogg-opus')).headers.get('content-type')).toBe('audio/ogg');
  });
});

it('of another channel’s conversations there is nothing: NOT_FOUND', async () => {
  const { id } = await sent(await recorded('voz.webm'), 'voz.webm', 'audio/webm');
  await expect(prepared([id], 'other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
