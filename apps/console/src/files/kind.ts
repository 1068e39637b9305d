import type { AttachmentView } from '@relevo/contracts';

export type FileKind = 'photo' | 'voice' | 'audio' | 'video' | 'file';

/** What browsers show without running anything in it; the gateway serves it `inline`. */
const pictures: ReadonlySet<string> = new Set(['jpeg', 'png', 'gif', 'webp', 'avif'].map((type) => `image/${type}`));

/** How a file is shown. A picture of another kind, an SVG among them, is a file like any other. */
export function kindOf({ mediaType, voice }: { readonly mediaType: string; readonly voice?: unknown }): FileKind {
  if (voice !== undefined && voice !== null) return 'voice';
  if (pictures.has(mediaType)) return 'photo';
  if (mediaType.startsWith('audio/')) return 'audio';
  return mediaType.startsWith('video/') ? 'video' : 'file';
}

export const isPhoto = (attachment: AttachmentView): boolean => kindOf(attachment) === 'photo';
