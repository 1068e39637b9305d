import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getConnectionToken } from '@nestjs/mongoose';
import { type AgentView, AppError, type AttachmentLink, type AttachmentView, findAttachments, getConversation, getPolicy, notFound, sendMessage, type SendMessage } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import type { Connection } from 'mongoose';
import sharp from 'sharp';
import { eventually } from './support/eventually.js';
import { type FileOffer, formOf, noise, png, SlowForm } from './support/form.js';
import { System } from './support/system.js';

let system: System;
let ana: AgentView;
let token: string;

beforeAll(async () => {
  system = await System.start();
  ana = system.services.hire('ana');
  token = await system.tokenOf(ana);
}, 120_000);

afterAll(() => system?.stop());

const MiB = 1024 * 1024;

const post = async (form: FormData, bearer = token): Promise<{ status: number; json: AttachmentView & { code: string; errors?: { path: string }[] } }> => {
  const response = await fetch(`${system.url}/v1/attachments`, { method: 'POST', body: form, headers: { authorization: `Bearer ${bearer}` } });
  return { status: response.status, json: (await response.json()) as AttachmentView & { code: string } };
};
const upload = async (offer: FileOffer, bearer = token): Promise<AttachmentView> => {
  const { status, json } = await post(formOf(offer), bearer);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(json)}`);
  return json;
};
const get = (path: string, headers: Record<string, string> = {}, bearer: string | null = token, method = 'GET'): Promise<Response> =>
  fetch(`${system.url}${path}`, { method, headers: { ...(bearer !== null && { authorization: `Bearer ${bearer}` }), ...headers } });
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
const connection = (): Connection => system.gateways[0]!.get<Connection>(getConnectionToken());
const kept = async (): Promise<Record<string, number>> =>
  Object.fromEntries(await Promise.all(['uploads', 'files.files', 'files.chunks'].map(async (name) => [name, await connection().collection(name).countDocuments()] as const)));

describe('an upload', () => {
  it('is an attachment of what it really is, and comes back byte for byte', async () => {
    const bytes = noise(3 * MiB + 17);
    const attachment = await upload({ name: 'datos año 👋.bin', bytes });
    expect(attachment).toEqual({ id: expect.any(String) as string, name: 'datos año 👋.bin', mediaType: 'application/octet-stream', size: bytes.length });
    const response = await get(`/v1/attachments/${attachment.id}`);
    expect(response.status).toBe(200);
    expect((await bytesOf(response)).equals(bytes)).toBe(true);
  });

  it('of 40 MB is taken, of 41 MB refused, whether its size is said or not', async () => {
    expect(await post(formOf({ bytes: noise(40 * MiB) }))).toMatchObject({ status: 200, json: { size: 40 * MiB } });
    const before = await kept();
    expect(await post(formOf({ bytes: noise(41 * MiB) }))).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
    expect(await post(formOf({ bytes: noise(40 * MiB + 1) }))).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
    const unsaid = SlowForm.open(`${system.url}/v1/attachments`, token);
    for (let sent = 0; sent < 41; sent += 1) await unsaid.send(noise(MiB));
    expect(await unsaid.end()).toBe(413);
    expect(await kept()).toEqual(before);
  });

  it('in disguise is refused: UNSUPPORTED_MEDIA, and nothing is stored', async () => {
    const before = await kept();
    for (const offer of [
      { name: 'foto.png', type: 'image/png', bytes: Buffer.from('MZ'.padEnd(300, '\0')) },
      { name: 'foto.png', type: 'image/png', bytes: Buffer.from('<html><script>alert(1)</script></html>') },
      { name: 'voz.ogg', type: 'audio/ogg', bytes: png },
    ]) {
      expect(await post(formOf(offer))).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA' } });
    }
    expect(await kept()).toEqual(before);
  });

  it('of a picture under another type’s name is what it really is', async () => {
    expect(await upload({ name: 'foto.jpg', type: 'image/jpeg', bytes: png })).toMatchObject({ mediaType: 'image/png' });
  });

  it('named ../../x is called x', async () => {
    expect(await upload({ name: '../../x', bytes: noise(10) })).toMatchObject({ name: 'x' });
  });

  it.each<[string, () => FormData, string]>([
    ['without a file', () => { const form = new FormData(); form.append('voice', 'true'); return form; }, 'file'],
    ['with an empty one', () => formOf({ bytes: new Uint8Array() }), 'file'],
    ['with two', () => { const form = formOf({ bytes: png }); form.append('file', new Blob([png]), 'b.png'); return form; }, 'file'],
    ['with a file of another name', () => { const form = new FormData(); form.append('otro', new Blob([png]), 'b.png'); return form; }, 'otro'],
    ['with a field that nobody knows', () => formOf({ bytes: png }, { conversationId: 'c1' }), 'conversationId'],
    ['with the same field twice', () => { const form = formOf({ bytes: png }, { voice: 'false' }); form.append('voice', 'true'); return form; }, 'voice'],
    ['with a duration that is none', () => formOf({ bytes: png }, { durationMs: '-1' }), 'durationMs'],
    ['with voice that is neither', () => formOf({ bytes: png }, { voice: 'yes' }), 'voice'],
  ])('%s is refused, names the field and leaves nothing behind', async (_, form, path) => {
    const before = await kept();
    expect(await post(form())).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED', errors: [{ path }] } });
    expect(await kept()).toEqual(before);
  });

  it('of anything but a whole form is refused', async () => {
    const raw = (body: string, type: string): Promise<Response> => fetch(`${system.url}/v1/attachments`, { method: 'POST', body, headers: { authorization: `Bearer ${token}`, 'content-type': type } });
    expect((await raw('{}', 'application/json')).status).toBe(415);
    expect((await raw('x', 'multipart/form-data')).status).toBe(400);
    expect((await raw('--b\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\nabc', 'multipart/form-data; boundary=b')).status).toBe(400);
    expect((await get('/v1/attachments?x=1', {}, token, 'POST')).status).toBe(400);
  });

  it('that is broken off leaves nothing behind', async () => {
    const before = await kept();
    const form = SlowForm.open(`${system.url}/v1/attachments`, token);
    await form.send(noise(MiB));
    await eventually(async () => expect((await kept())['files.chunks']).toBeGreaterThan(before['files.chunks']!), 10_000);
    form.drop();
    await eventually(async () => expect(await kept()).toEqual(before), 10_000);
  });

  it('needs a token before a byte of it is read', async () => {
    expect((await post(formOf({ bytes: png }), 'x')).status).toBe(401);
  });
});

describe('a file', () => {
  it('that nobody has sent is its uploader’s alone', async () => {
    const { id } = await upload({ bytes: png });
    const others = await Promise.all([
      system.tokenOf(system.services.hire('beto', { role: 'admin' })),
      system.tokenOf(system.services.hire('cata', { role: 'admin' }, 'norte')),
    ]);
    for (const path of ['', '/thumbnail', '/link']) {
      expect((await get(`/v1/attachments/${id}${path}`)).status).toBe(200);
      for (const other of others) {
        const [theirs, nothing] = await Promise.all([get(`/v1/attachments/${id}${path}`, {}, other), get(`/v1/attachments/no-such${path}`, {}, other)]);
        expect(theirs.status).toBe(404);
        expect({ ...(await theirs.json() as object), correlationId: '' }).toEqual({ ...(await nothing.json() as object), correlationId: '' });
      }
    }
  });

  it('is served so that nothing in it runs', async () => {
    const svg = await upload({ name: 'dibujo.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>') });
    const page = await upload({ name: 'página "x";\u0301.html', type: 'text/html', bytes: Buffer.from('<script>alert(1)</script>') });
    const picture = await upload({ name: 'foto.png', type: 'image/png', bytes: png });
    for (const [{ id, mediaType }, type, disposition] of [
      [svg, 'image/svg+xml', /^attachment; filename="?dibujo.svg"?$/],
      [page, 'text/html; charset=utf-8', /^attachment; filename=".*"; filename\*=UTF-8''p%C3%A1gina%20/],
      [picture, 'image/png', /^inline; filename="?foto.png"?$/],
    ] as const) {
      const { headers } = await get(`/v1/attachments/${id}`);
      expect(headers.get('content-type')).toBe(type);
      expect(type).toContain(mediaType);
      expect(headers.get('content-disposition')).toMatch(disposition);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(headers.get('cache-control')).toBe('private, no-cache');
    }
    expect((await get(`/v1/attachments/${svg.id}/thumbnail`)).status).toBe(404);
  });

  it('is served in parts: 206, 416, If-Range, If-None-Match, HEAD', async () => {
    const bytes = noise(700_000);
    const { id } = await upload({ bytes });
    const path = `/v1/attachments/${id}`;
    const etag = (await get(path, {}, token, 'HEAD')).headers.get('etag')!;
    expect(etag).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
    for (const [range, start, end] of [['bytes=0-99', 0, 100], ['bytes=262000-530000', 262_000, 530_001], ['bytes=699999-', 699_999, 700_000], ['bytes=-5', 699_995, 700_000], ['bytes=5-9999999', 5, 700_000]] as const) {
      const part = await get(path, { range });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/700000`);
      expect((await bytesOf(part)).equals(bytes.subarray(start, end))).toBe(true);
    }
    const outside = await get(path, { range: 'bytes=700000-' });
    expect(outside.status).toBe(416);
    expect(outside.headers.get('content-range')).toBe('bytes */700000');
    expect((await get(path, { range: 'bytes=0-1', 'if-range': etag })).status).toBe(206);
    expect((await get(path, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
    expect((await get(path, { range: 'lines=0-1' })).status).toBe(200);
    expect((await get(path, { range: 'bytes=0-1,100-101' })).status).toBe(200);
    const same = await get(path, { 'if-none-match': etag });
    expect(same.status).toBe(304);
    const head = await get(path, {}, token, 'HEAD');
    expect([head.status, head.headers.get('content-length'), (await bytesOf(head)).length]).toEqual([200, '700000', 0]);
  });

  it('that is a picture has a small one', async () => {
    const large = await sharp({ create: { width: 3000, height: 1500, channels: 3, background: '#336699' } }).jpeg().toBuffer();
    const { id } = await upload({ name: 'playa.jpg', type: 'image/jpeg', bytes: large });
    for (let time = 0; time < 2; time += 1) {
      const response = await get(`/v1/attachments/${id}/thumbnail`);
      expect(response.headers.get('content-type')).toBe('image/webp');
      expect(await sharp(await bytesOf(response)).metadata()).toMatchObject({ format: 'webp', width: 640, height: 320 });
    }
    const { id: broken } = await upload({ name: 'rota.png', type: 'image/png', bytes: png.subarray(0, 40) });
    expect((await get(`/v1/attachments/${broken}/thumbnail`)).status).toBe(404);
  });
});

describe('a file that is sent', () => {
  const conversation = { id: 'c1', channelId: 'api' };
  const send = (id: string, commandId = newId()) => system.rest('POST', '/v1/conversations/c1/messages', { token, body: { attachmentIds: [id] }, headers: { 'idempotency-key': commandId } });
  const statusFor = async (agent: AgentView, id: string): Promise<number> => (await get(`/v1/attachments/${id}`, {}, await system.tokenOf(agent))).status;
  const sentBy = (): AttachmentView[] => (system.services.received.findLast(({ subject }) => subject === sendMessage.subject)!.request as SendMessage).attachments!;

  it('goes to its owner with what is known of it, and is seen by whoever sees the conversation', async () => {
    const attachment = await upload({ name: 'foto.png', type: 'image/png', bytes: png });
    system.services.answer(sendMessage, () => Promise.resolve({ entry: null, conversation }));
    expect((await send(attachment.id)).status).toBe(200);
    expect(sentBy()).toEqual([attachment]);
    const [sees, seesNot] = [system.services.hire('sees'), system.services.hire('sees not')];
    system.services.answer(getConversation, (_, { actor }) => (actor.id === sees.id ? Promise.resolve(conversation) : Promise.reject(notFound('conversation'))));
    expect(await statusFor(sees, attachment.id)).toBe(200);
    for (const unseeing of [seesNot, ana]) expect(await statusFor(unseeing, attachment.id)).toBe(404);
  });

  it('whose message was not answered is with that message, if it came through', async () => {
    const [{ id }, commandId] = [await upload({ bytes: png }), newId()];
    system.services.answer(sendMessage, () => Promise.reject(new AppError('TIMEOUT', 'Late.')));
    expect((await send(id, commandId)).status).toBe(504);
    // Another message does not get it: the first may still come through.
    expect((await send(id)).json).toMatchObject({ code: 'TIMEOUT' });
    expect(sentBy()).toEqual([]);
    const other = system.services.hire('beto');
    system.services.answer(getConversation, () => Promise.resolve(conversation));
    system.services.answer(findAttachments, () => Promise.resolve({ items: [] }));
    expect(await statusFor(other, id)).toBe(404);
    expect(await statusFor(ana, id)).toBe(200);
    system.services.answer(findAttachments, () => Promise.resolve({ items: [{ attachmentId: id, conversationId: 'c1', channelId: 'api' }] }));
    expect(await statusFor(other, id)).toBe(200);
    system.services.answer(sendMessage, () => Promise.resolve({ entry: null, conversation }));
    expect((await send(id, commandId)).status).toBe(200);
    expect(sentBy().map((file) => file.id)).toEqual([id]);
  });

  it('with a message that is refused is free for another, unless an attempt of the same is in doubt', async () => {
    const [{ id }, commandId] = [await upload({ bytes: png }), newId()];
    system.services.answer(sendMessage, () => Promise.reject(new AppError('REPLY_OVERTAKEN', 'No.')));
    expect((await send(id, commandId)).status).toBe(409);
    await send(id);
    expect(sentBy()).toHaveLength(1);
    system.services.answer(sendMessage, () => Promise.reject(new AppError('UNAVAILABLE', 'Who knows.')));
    await send(id, commandId);
    system.services.answer(sendMessage, () => Promise.reject(new AppError('REPLY_OVERTAKEN', 'No.')));
    await send(id, commandId);
    await send(id);
    expect(sentBy()).toEqual([]);
  });
});

describe('a voice message', () => {
  const recorded = (name: string): Promise<Buffer> => readFile(join(__dirname, 'fixtures', name));
  const allow = (voice: boolean): void => system.services.answer(getPolicy, () => Promise.resolve({ toleranceHours: 24, voice }));

  it.each([['voz.webm', 'audio/webm;codecs=opus', 'audio/webm'], ['voz.mp4', 'audio/mp4', 'audio/mp4'], ['voz.webm', '', 'audio/webm']])(
    '%s as browsers record it (%j) says how long it is and what it looks like, from its sound alone',
    async (name, type, mediaType) => {
      allow(true);
      const { json } = await post(formOf({ name, type, bytes: await recorded(name) }, { voice: 'true', durationMs: '99999' }));
      expect(json).toMatchObject({ name, mediaType });
      const { durationMs, peaks } = json.voice!;
      expect(durationMs).toBeGreaterThan(2_800);
      expect(durationMs).toBeLessThan(3_200);
      // A second loud, one silent, one half as loud.
      expect(peaks).toHaveLength(64);
      expect(Math.min(...peaks.slice(1, 18))).toBeGreaterThan(75);
      expect(Math.max(...peaks.slice(25, 40))).toBeLessThan(5);
      expect(Math.min(...peaks.slice(48, 62))).toBeGreaterThan(30);
      expect(Math.max(...peaks.slice(48, 62))).toBeLessThan(60);
    },
  );

  it('that cannot be read is as long as its sender says, and flat', async () => {
    allow(true);
    const bytes = Buffer.concat([(await recorded('voz.webm')).subarray(0, 60), Buffer.alloc(300)]);
    const { json } = await post(formOf({ name: 'voz.webm', type: 'audio/webm', bytes }, { voice: 'true', durationMs: '2500' }));
    expect(json.voice).toEqual({ durationMs: 2500, peaks: [] });
  });

  it('is sound: UNSUPPORTED_MEDIA, and nothing is stored', async () => {
    allow(true);
    const before = await kept();
    expect(await post(formOf({ name: 'foto.png', type: 'image/png', bytes: png }, { voice: 'true' }))).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA' } });
    expect(await kept()).toEqual(before);
  });

  it('where the workspace has none: VOICE_DISABLED, and nothing is stored; sound is a file like any other', async () => {
    allow(false);
    const before = await kept();
    const offer = { name: 'voz.webm', type: 'audio/webm', bytes: await recorded('voz.webm') };
    expect(await post(formOf(offer, { voice: 'true' }))).toMatchObject({ status: 422, json: { code: 'VOICE_DISABLED' } });
    expect(await kept()).toEqual(before);
    expect(await upload(offer)).not.toHaveProperty('voice');
  });
});

describe('a link', () => {
  const linkTo = async (id: string, query = ''): Promise<AttachmentLink> => (await (await get(`/v1/attachments/${id}/link${query}`)).json()) as AttachmentLink;

  it('opens its file without a token for 5 minutes, in parts as well', async () => {
    const { id } = await upload({ bytes: png });
    const { url, expiresAt } = await linkTo(id);
    const ends = Date.parse(expiresAt) - Date.now();
    expect(ends).toBeGreaterThan(4.8 * 60_000);
    expect(ends).toBeLessThanOrEqual(5.1 * 60_000);
    expect((await bytesOf(await get(url, {}, null))).equals(png)).toBe(true);
    expect((await get(url, { range: 'bytes=0-9' }, null)).status).toBe(206);
    const thumbnail = await linkTo(id, '?variant=thumbnail');
    expect((await get(thumbnail.url, {}, null)).headers.get('content-type')).toBe('image/webp');
    expect((await get(`/v1/attachments/${id}/link?variant=all`)).status).toBe(400);
  });

  it('is good for nothing else', async () => {
    const [{ id }, { id: other }] = [await upload({ bytes: png }), await upload({ bytes: png })];
    const { url } = await linkTo(id);
    const [path = '', query = ''] = url.split('?');
    const { expires, signature } = Object.fromEntries(new URLSearchParams(query)) as { expires: string; signature: string };
    for (const altered of [
      `${path.replace(id, other)}?${query}`,
      `${path.replace('content', 'thumbnail')}?${query}`,
      `${path}?expires=${Number(expires) + 60}&signature=${signature}`,
      `${path}?expires=${expires}&signature=${signature.slice(0, -2)}xx`,
      `${path.replace(id, 'no-such')}?${query}`,
    ]) {
      const refused = await get(altered, {}, null);
      expect([altered, refused.status, ((await refused.json()) as { code: string }).code]).toEqual([altered, 401, 'UNAUTHENTICATED']);
    }
    for (const malformed of [path, `${path}?expires=${expires}`, `${url}&more=1`]) expect((await get(malformed, {}, null)).status).toBe(400);
    expect((await get(`/v1/attachments/${id}`, {}, signature)).status).toBe(401);
  });
});
