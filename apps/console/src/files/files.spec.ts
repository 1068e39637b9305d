import { admitted } from './admitted';
import { kindOf } from './kind';
import { sizeText } from './sizes';

it('a message takes ten files; what is more is left out, and counted', () => {
  const eleven = Array.from({ length: 11 }, (_, index) => index);
  expect(admitted(eleven, 0)).toEqual({ taken: eleven.slice(0, 10), leftOut: 1 });
  expect(admitted([1, 2], 9)).toEqual({ taken: [1], leftOut: 1 });
  expect(admitted([1], 10)).toEqual({ taken: [], leftOut: 1 });
});

it.each([
  ['image/png', undefined, 'photo'],
  ['image/svg+xml', undefined, 'file'],
  ['text/html', undefined, 'file'],
  ['audio/webm', { durationMs: 1, peaks: [] }, 'voice'],
  ['audio/mpeg', undefined, 'audio'],
  ['video/mp4', undefined, 'video'],
  ['application/pdf', undefined, 'file'],
])('%s is shown as a file of its kind', (mediaType, voice, kind) => expect(kindOf({ mediaType, voice })).toBe(kind));

it('sizes are said as people read them', () => {
  expect([0, 820, 1024, 3_565_158, 41_943_040].map((bytes) => sizeText(bytes, 'es-AR').replace(/\s/g, ' '))).toEqual(['0 bytes', '820 bytes', '1 kB', '3,4 MB', '40 MB']);
});
