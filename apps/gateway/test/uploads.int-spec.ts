import { eventually } from './support/eventually.js';
import { bytesOf, FileDesk } from './support/file-desk.js';
import { formOf, noise, png, SlowForm } from './support/form.js';
import { System } from './support/system.js';

let system: System;
let desk: FileDesk;

beforeAll(async () => {
  system = await System.start();
  desk = new FileDesk(system, await system.tokenOf(system.services.hire('ana')));
});

afterAll(() => system?.stop());

const MiB = 1024 * 1024;

describe('an upload', () => {
  it('is an attachment of what it really is, and comes back byte for byte', async () => {
    const bytes = noise(3 * MiB + 17);
    const attachment = await desk.upload({ name: 'datos año 👋.bin', bytes });
    expect(attachment).toEqual({ id: expect.any(String) as string, name: 'datos año 👋.bin', mediaType: 'application/octet-stream', size: bytes.length });
    const response = await desk.get(`/v1/attachments/${attachment.id}`);
    expect(response.status).toBe(200);
    expect((await bytesOf(response)).equals(bytes)).toBe(true);
  });

  it('of 40 MB is taken, of 41 MB refused, whether its size is said or not', async () => {
    expect(await desk.post(formOf({ bytes: noise(40 * MiB) }))).toMatchObject({ status: 200, json: { size: 40 * MiB } });
    const before = await desk.kept();
    expect(await desk.post(formOf({ bytes: noise(41 * MiB) }))).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
    expect(await desk.post(formOf({ bytes: noise(40 * MiB + 1) }))).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
    const unsaid = SlowForm.open(`${system.url}/v1/attachments`, desk.token);
    for (let sent = 0; sent < 41; sent += 1) await unsaid.send(noise(MiB));
    expect(await unsaid.end()).toBe(413);
    expect(await desk.kept()).toEqual(before);
  });

  it('in disguise is refused: UNSUPPORTED_MEDIA, and nothing is stored', async () => {
    const before = await desk.kept();
    for (const offer of [
      { name: 'foto.png', type: 'image/png', bytes: Buffer.from('MZ'.padEnd(300, '\0')) },
      { name: 'foto.png', type: 'image/png', bytes: Buffer.from('<html><script>alert(1)</script></html>') },
      { name: 'voz.ogg', type: 'audio/ogg', bytes: png },
    ]) {
      expect(await desk.post(formOf(offer))).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA' } });
    }
    expect(await desk.kept()).toEqual(before);
  });

  it('of a picture under another type’s name is what it really is', async () => {
    expect(await desk.upload({ name: 'foto.jpg', type: 'image/jpeg', bytes: png })).toMatchObject({ mediaType: 'image/png' });
  });

  it('named ../../x is called x', async () => {
    expect(await desk.upload({ name: '../../x', bytes: noise(10) })).toMatchObject({ name: 'x' });
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
    const before = await desk.kept();
    expect(await desk.post(form())).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED', errors: [{ path }] } });
    expect(await desk.kept()).toEqual(before);
  });

  it('of anything but a whole form is refused', async () => {
    const raw = (body: string, type: string): Promise<Response> => fetch(`${system.url}/v1/attachments`, { method: 'POST', body, headers: { authorization: `Bearer ${desk.token}`, 'content-type': type } });
    expect((await raw('{}', 'application/json')).status).toBe(415);
    expect((await raw('x', 'multipart/form-data')).status).toBe(400);
    expect((await raw('--b\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\nabc', 'multipart/form-data; boundary=b')).status).toBe(400);
    expect((await desk.get('/v1/attachments?x=1', {}, desk.token, 'POST')).status).toBe(400);
  });

  it('that is broken off leaves nothing behind', async () => {
    const before = await desk.kept();
    const form = SlowForm.open(`${system.url}/v1/attachments`, desk.token);
    await form.send(noise(MiB));
    await eventually(async () => expect((await desk.kept())['files.chunks']).toBeGreaterThan(before['files.chunks']!));
    form.drop();
    await eventually(async () => expect(await desk.kept()).toEqual(before));
  });

  it('needs a token before a byte of it is read', async () => {
    expect((await desk.post(formOf({ bytes: png }), 'x')).status).toBe(401);
  });
});
