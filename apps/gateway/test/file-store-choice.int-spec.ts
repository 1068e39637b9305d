import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getConnectionToken } from '@nestjs/mongoose';
import { type AttachmentView, getPolicy, removeUnusedFiles } from '@relevo/contracts';
import { S3Server } from '@relevo/local-stack';
import { MessageBus, systemCaller } from '@relevo/messaging';
import type { Connection } from 'mongoose';
import type { UploadRecord } from '../src/files/upload.schema.js';
import { eventually } from './support/eventually.js';
import { bytesOf, FileDesk } from './support/file-desk.js';
import { formOf, noise, png, SlowForm } from './support/form.js';
import { System } from './support/system.js';

const MiB = 1024 * 1024;

/** All that an operator sets is the same for both, but for one variable. */
describe.each(['gridfs', 's3'] as const)('with FILE_STORE=%s, and nothing else another way,', (chosen) => {
  let s3: S3Server;
  let system: System;
  let desk: FileDesk;

  beforeAll(async () => {
    s3 = await S3Server.start();
    system = await System.start(2, { ...s3.env, FILE_STORE: chosen });
    system.services.answer(getPolicy, () => Promise.resolve({ toleranceHours: 24, voice: true }));
    desk = new FileDesk(system, await system.tokenOf(system.services.hire('ana')));
  });

  afterAll(async () => {
    await system?.stop();
    await s3?.stop();
  });

  const connection = (): Connection => system.gateways[0]!.get<Connection>(getConnectionToken());
  const uploads = () => connection().collection<UploadRecord>('uploads');
  /** How much there is of files, in either store. */
  const stored = async (): Promise<Record<'gridfs' | 's3' | 'records', number>> => {
    const { 'files.files': files = 0, 'files.chunks': chunks = 0, uploads: records = 0 } = await desk.kept();
    return { gridfs: files + chunks, s3: s3.objects.size + s3.uploads.size, records };
  };

  it('files are there, and in no other store', async () => {
    const other = chosen === 's3' ? 'gridfs' : 's3';
    await desk.upload({ bytes: noise(10) });
    expect((await stored())[chosen]).toBeGreaterThan(0);
    expect((await stored())[other]).toBe(0);
  });

  it('a file comes back byte for byte, whole and in parts, from any replica', async () => {
    const bytes = noise(11 * MiB + 5);
    const { id } = await desk.upload({ bytes });
    expect((await bytesOf(await desk.get(`/v1/attachments/${id}`))).equals(bytes)).toBe(true);
    const part = await fetch(`${system.urls[1]}/v1/attachments/${id}`, { headers: { authorization: `Bearer ${desk.token}`, range: 'bytes=5242870-5242899' } });
    expect(part.status).toBe(206);
    expect((await bytesOf(part)).equals(bytes.subarray(5_242_870, 5_242_900))).toBe(true);
  });

  it('a picture has a small one, and a voice message its waveform', async () => {
    const { id } = await desk.upload({ name: 'foto.png', type: 'image/png', bytes: png });
    expect((await desk.get(`/v1/attachments/${id}/thumbnail`)).headers.get('content-type')).toBe('image/webp');
    const { json } = await desk.post(formOf({ name: 'voz.webm', type: 'audio/webm', bytes: await readFile(join(__dirname, 'fixtures/voz.webm')) }, { voice: 'true' }));
    expect(json.voice!.peaks).toHaveLength(64);
  });

  it('what is too large, in disguise, or broken off leaves nothing behind', async () => {
    const before = await stored();
    expect(await desk.post(formOf({ bytes: noise(41 * MiB) }))).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
    expect(await desk.post(formOf({ name: 'foto.png', type: 'image/png', bytes: noise(100) }))).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA' } });
    const form = SlowForm.open(`${system.url}/v1/attachments`, desk.token);
    await form.send(noise(12 * MiB));
    await eventually(async () => expect((await stored())[chosen]).toBeGreaterThan(before[chosen]));
    form.drop();
    await eventually(async () => expect(await stored()).toEqual(before));
  });

  it('what was not sent for a day is removed', async () => {
    const { id } = await desk.upload({ bytes: noise(6 * MiB) });
    await uploads().updateMany({}, { $set: { touchedAt: new Date(0) } });
    await system.gateways[1]!.get(MessageBus).request(removeUnusedFiles, { limit: 100 }, systemCaller('scheduler'));
    expect(await stored()).toEqual({ gridfs: 0, s3: 0, records: 0 });
    expect(((await (await desk.get(`/v1/attachments/${id}`)).json()) as AttachmentView & { code: string }).code).toBe('NOT_FOUND');
  });
});
