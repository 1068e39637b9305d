import { isInline, mediaTypeOf } from './media-type.js';

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const png = Buffer.concat([bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), Buffer.from('IHDR'), Buffer.alloc(40)]);
const jpeg = Buffer.concat([bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16), Buffer.from('JFIF'), Buffer.alloc(40)]);
const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n');
const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]);
const webm = Buffer.concat([bytes(0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1, 0x42, 0xf7, 0x81, 1, 0x42, 0xf2, 0x81, 4, 0x42, 0xf3, 0x81, 8, 0x42, 0x82, 0x84), Buffer.from('webm'), Buffer.alloc(40)]);
const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(60)]);
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const xmlSvg = Buffer.from(`<?xml version="1.0"?>\n${svg.toString()}`);
const html = Buffer.from('<!doctype html><script>alert(1)</script>');
const noise = bytes(1, 2, 0, 3, 0xff, 0xfe, 9);

it.each([
  ['a picture', png, 'image/png', 'image/png'],
  ['a picture under another picture’s name', jpeg, 'image/png', 'image/jpeg'],
  ['a picture of which nothing is said', png, '', 'image/png'],
  ['what is said to be bytes', png, 'application/octet-stream', 'image/png'],
  ['a document', pdf, 'application/pdf', 'application/pdf'],
  ['a program that says so', exe, 'application/x-msdownload', 'application/x-msdownload'],
  ['sound in a container for film', webm, 'audio/webm; codecs=opus', 'audio/webm'],
  ['film', webm, 'video/webm', 'video/webm'],
  ['an office document', zip, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['an archive', zip, 'application/zip', 'application/zip'],
  ['a drawing', svg, 'image/svg+xml', 'image/svg+xml'],
  ['a drawing that begins as XML does', xmlSvg, 'image/svg+xml', 'image/svg+xml'],
  ['a page', html, 'text/html', 'text/html'],
  ['a table that says it is a spreadsheet', Buffer.from('a;b\n1;2\n'), 'application/vnd.ms-excel', 'text/plain'],
  ['text whose sample ends within a character', Buffer.from('ñ').subarray(0, 1), 'text/plain', 'text/plain'],
  ['bytes that mean nothing', noise, 'application/x-anything', 'application/octet-stream'],
])('%s is taken for what it is', async (_, sample, declared, mediaType) => {
  expect(await mediaTypeOf(sample, declared)).toBe(mediaType);
});

it.each([
  ['a program as a picture', exe, 'image/png'],
  ['a page as a picture', html, 'image/png'],
  ['a drawing as a picture', svg, 'image/png'],
  ['a program as a document', exe, 'application/pdf'],
  ['a program as text', exe, 'text/plain'],
  ['a picture as sound', png, 'audio/webm'],
  ['film as a picture', webm, 'image/webp'],
  ['text as film', Buffer.from('hola'), 'video/mp4'],
  ['bytes that mean nothing, as a picture', noise, 'image/jpeg'],
])('%s is a disguise', async (_, sample, declared) => {
  expect(await mediaTypeOf(sample, declared)).toBeNull();
});

it('what could run where it is shown is a download', () => {
  for (const type of ['image/svg+xml', 'text/html', 'application/pdf', 'application/xml', 'text/plain', 'application/octet-stream']) expect(isInline(type)).toBe(false);
  for (const type of ['image/png', 'audio/ogg', 'video/mp4']) expect(isInline(type)).toBe(true);
});
