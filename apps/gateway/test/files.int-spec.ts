import type { AttachmentLink } from '@relevo/contracts';
import sharp from 'sharp';
import { bytesOf, FileDesk } from './support/file-desk.js';
import { noise, png } from './support/form.js';
import { System } from './support/system.js';

let system: System;
let desk: FileDesk;

beforeAll(async () => {
  system = await System.start();
  desk = new FileDesk(system, await system.tokenOf(system.services.hire('ana')));
});

afterAll(() => system?.stop());

describe('a file', () => {
  it('that nobody has sent is its uploader’s alone', async () => {
    const { id } = await desk.upload({ bytes: png });
    const others = await Promise.all([
      system.tokenOf(system.services.hire('beto', { role: 'admin' })),
      system.tokenOf(system.services.hire('cata', { role: 'admin' }, 'norte')),
    ]);
    for (const path of ['', '/thumbnail', '/link']) {
      expect((await desk.get(`/v1/attachments/${id}${path}`)).status).toBe(200);
      for (const other of others) {
        const [theirs, nothing] = await Promise.all([desk.get(`/v1/attachments/${id}${path}`, {}, other), desk.get(`/v1/attachments/no-such${path}`, {}, other)]);
        expect(theirs.status).toBe(404);
        expect({ ...(await theirs.json() as object), correlationId: '' }).toEqual({ ...(await nothing.json() as object), correlationId: '' });
      }
    }
  });

  it('is served so that nothing in it runs', async () => {
    const svg = await desk.upload({ name: 'dibujo.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>') });
    const page = await desk.upload({ name: 'página "x";\u0301.html', type: 'text/html', bytes: Buffer.from('<script>alert(1)</script>') });
    const picture = await desk.upload({ name: 'foto.png', type: 'image/png', bytes: png });
    for (const [{ id, mediaType }, type, disposition] of [
      [svg, 'image/svg+xml', /^attachment; filename="?dibujo.svg"?$/],
      [page, 'text/html; charset=utf-8', /^attachment; filename=".*"; filename\*=UTF-8''p%C3%A1gina%20/],
      [picture, 'image/png', /^inline; filename="?foto.png"?$/],
    ] as const) {
      const { headers } = await desk.get(`/v1/attachments/${id}`);
      expect(headers.get('content-type')).toBe(type);
      expect(type).toContain(mediaType);
      expect(headers.get('content-disposition')).toMatch(disposition);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(headers.get('cache-control')).toBe('private, no-cache');
    }
    expect((await desk.get(`/v1/attachments/${svg.id}/thumbnail`)).status).toBe(404);
  });

  it('is served in parts: 206, 416, If-Range, If-None-Match, HEAD', async () => {
    const bytes = noise(700_000);
    const { id } = await desk.upload({ bytes });
    const path = `/v1/attachments/${id}`;
    const etag = (await desk.get(path, {}, desk.token, 'HEAD')).headers.get('etag')!;
    expect(etag).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
    for (const [range, start, end] of [['bytes=0-99', 0, 100], ['bytes=262000-530000', 262_000, 530_001], ['bytes=699999-', 699_999, 700_000], ['bytes=-5', 699_995, 700_000], ['bytes=5-9999999', 5, 700_000]] as const) {
      const part = await desk.get(path, { range });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/700000`);
      expect((await bytesOf(part)).equals(bytes.subarray(start, end))).toBe(true);
    }
    const outside = await desk.get(path, { range: 'bytes=700000-' });
    expect(outside.status).toBe(416);
    expect(outside.headers.get('content-range')).toBe('bytes */700000');
    expect((await desk.get(path, { range: 'bytes=0-1', 'if-range': etag })).status).toBe(206);
    expect((await desk.get(path, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
    expect((await desk.get(path, { range: 'lines=0-1' })).status).toBe(200);
    expect((await desk.get(path, { range: 'bytes=0-1,100-101' })).status).toBe(200);
    const same = await desk.get(path, { 'if-none-match': etag });
    expect(same.status).toBe(304);
    const head = await desk.get(path, {}, desk.token, 'HEAD');
    expect([head.status, head.headers.get('content-length'), (await bytesOf(head)).length]).toEqual([200, '700000', 0]);
  });

  it('that is a picture has a small one', async () => {
    const large = await sharp({ create: { width: 3000, height: 1500, channels: 3, background: '#336699' } }).jpeg().toBuffer();
    const { id } = await desk.upload({ name: 'playa.jpg', type: 'image/jpeg', bytes: large });
    for (let time = 0; time < 2; time += 1) {
      const response = await desk.get(`/v1/attachments/${id}/thumbnail`);
      expect(response.headers.get('content-type')).toBe('image/webp');
      expect(await sharp(await bytesOf(response)).metadata()).toMatchObject({ format: 'webp', width: 640, height: 320 });
    }
    const { id: broken } = await desk.upload({ name: 'rota.png', type: 'image/png', bytes: png.subarray(0, 40) });
    expect((await desk.get(`/v1/attachments/${broken}/thumbnail`)).status).toBe(404);
  });
});

describe('a link', () => {
  const linkTo = async (id: string, query = ''): Promise<AttachmentLink> => (await (await desk.get(`/v1/attachments/${id}/link${query}`)).json()) as AttachmentLink;

  it('opens its file without a token for 5 minutes, in parts as well', async () => {
    const { id } = await desk.upload({ bytes: png });
    const { url, expiresAt } = await linkTo(id);
    const ends = Date.parse(expiresAt) - Date.now();
    expect(ends).toBeGreaterThan(4.8 * 60_000);
    expect(ends).toBeLessThanOrEqual(5.1 * 60_000);
    expect((await bytesOf(await desk.get(url, {}, null))).equals(png)).toBe(true);
    expect((await desk.get(url, { range: 'bytes=0-9' }, null)).status).toBe(206);
    const thumbnail = await linkTo(id, '?variant=thumbnail');
    expect((await desk.get(thumbnail.url, {}, null)).headers.get('content-type')).toBe('image/webp');
    expect((await desk.get(`/v1/attachments/${id}/link?variant=all`)).status).toBe(400);
  });

  it('is good for nothing else', async () => {
    const [{ id }, { id: other }] = [await desk.upload({ bytes: png }), await desk.upload({ bytes: png })];
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
      const refused = await desk.get(altered, {}, null);
      expect([altered, refused.status, ((await refused.json()) as { code: string }).code]).toEqual([altered, 401, 'UNAUTHENTICATED']);
    }
    for (const malformed of [path, `${path}?expires=${expires}`, `${url}&more=1`]) expect((await desk.get(malformed, {}, null)).status).toBe(400);
    expect((await desk.get(`/v1/attachments/${id}`, {}, signature)).status).toBe(401);
  });
});
