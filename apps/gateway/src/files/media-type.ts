import { fileTypeFromBuffer } from 'file-type';

/** Shown where they stand; whatever else is a download (the public contract's "safe images, audio, video"). */
const inline: ReadonlySet<string> = new Set([
  ...['jpeg', 'png', 'gif', 'webp', 'avif'].map((type) => `image/${type}`),
  ...['mpeg', 'mp4', 'ogg', 'webm', 'wav', 'aac', 'flac'].map((type) => `audio/${type}`),
  ...['mp4', 'webm', 'ogg', 'quicktime'].map((type) => `video/${type}`),
]);

export const isInline = (mediaType: string): boolean => inline.has(mediaType);

/** What `file-type` calls by a name that browsers do not know. */
const usual: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/x-flac': 'audio/flac',
  'audio/vnd.wave': 'audio/wav',
  'video/x-m4v': 'video/mp4',
  'application/ogg': 'audio/ogg',
};

/** Containers that say what is in them, where what is sniffed is only the container. */
const containers: Readonly<Record<string, RegExp>> = {
  'application/zip': /^application\/(vnd\.|zip$|x-zip|epub\+zip|java-archive)/,
  'application/x-cfb': /^application\/(vnd\.ms-|msword$|x-msi$)/,
  'application/xml': /^(application|text)\/([a-z.-]+\+)?xml$|^image\/svg\+xml$/,
  'video/webm': /^audio\/webm$/,
  'video/mp4': /^audio\/mp4$/,
  'audio/ogg': /^audio\/opus$/,
  'video/ogg': /^audio\/ogg$/,
};

/** Of text there is no telling; so it is what it is said to be, among what is never more than a download. */
const texts = /^(text\/[a-z0-9.+-]+|application\/(json|xml|rtf|x-yaml|javascript|sql)|image\/svg\+xml|message\/rfc822)$/;

const media = /^(image|audio|video)\//;

const unknown = 'application/octet-stream';

/** Enough for the marks of every format, and for what office documents are told apart by. */
export const sampleBytes = 16 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Whether it is the beginning of a text: a sample may end within a character. */
function isText(sample: Uint8Array): boolean {
  if (sample.includes(0)) return false;
  for (let cut = 0; cut < 4; cut += 1) {
    try {
      utf8.decode(sample.subarray(0, sample.length - cut));
      return true;
    } catch {
      if (sample.length <= cut) return false;
    }
  }
  return false;
}

/** `audio/webm; codecs=opus` without what follows. */
const bare = (declared: string): string => (declared.split(';')[0] ?? '').trim().toLowerCase();

const isPicture = (mediaType: string): boolean => mediaType.startsWith('image/');

/** What nobody says of anything else by mistake. */
const isTelling = (declared: string): boolean => media.test(declared) || declared === 'application/pdf';

/** Sound and film share their containers; pictures do not. */
function isAlike(sniffed: string, declared: string): boolean {
  if (media.test(sniffed) && media.test(declared)) return isPicture(sniffed) === isPicture(declared);
  return !isTelling(declared) && !texts.test(declared);
}

/**
 * What a file is, by the beginning of its content; null for one in disguise: said to be a picture, sound, film or
 * document, and something else. What it is said to be decides nothing but which of several names for the same bytes
 * is right. A picture under another picture's name is not refused: people rename.
 */
export async function mediaTypeOf(sample: Uint8Array, declaredAs: string): Promise<string | null> {
  const declared = bare(declaredAs);
  const found = await fileTypeFromBuffer(sample).catch(() => undefined);
  const sniffed = found && (usual[bare(found.mime)] ?? bare(found.mime));
  if (sniffed !== undefined) {
    if (declared === '' || declared === unknown || declared === sniffed) return sniffed;
    if (containers[sniffed]?.test(declared)) return declared;
    if (texts.test(sniffed) && texts.test(declared)) return declared;
    return isAlike(sniffed, declared) ? sniffed : null;
  }
  if (isText(sample) && texts.test(declared)) return declared;
  if (isTelling(declared)) return null;
  return isText(sample) ? 'text/plain' : unknown;
}
