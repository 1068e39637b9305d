import type { VoiceView } from '@relevo/contracts';

/**
 * `receiving`: its bytes are on their way; `stored`: whole, and verified; `removing`: nobody gets it any more, its bytes
 * are on their way out.
 */
export type UploadState = 'receiving' | 'stored' | 'removing';

/** The one message that an upload is for, while that is on its way to its owner. */
export interface Claim {
  /** Names the command: a repeat of it has the same. */
  readonly key: string;
  /** Attempts of it whose outcome is not a refusal. */
  readonly attempts: number;
}

/** Where a message refers to it, for good. */
export interface Binding {
  readonly conversationId: string;
  readonly channelId: string;
}

/** A file in the store, and whose it is. */
export interface UploadRecord {
  /** The attachment's id. */
  _id: string;
  workspaceId: string;
  /** Who alone may send it (`uploaderOf`). */
  uploader: string;
  state: UploadState;
  /** Key of its bytes in the store. */
  blob: string;
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  /** SHA-256 of the content, in base64url. */
  digest: string;
  voice: VoiceView | null;
  /** Of a voice message: the file of the same sound in Ogg, made when a channel first wants it; null when there can be none. */
  ogg?: string | null;
  /** How often it was not read in time, which is not yet a finding; absent: never. */
  timeouts?: number;
  /** Absent while no command names it. */
  claim?: Claim;
  binding: Binding | null;
  /** When it last changed hands, by the database's clock; absent once bound. What nobody refers to a day later is removed. */
  touchedAt?: Date;
}

/** A file that was admitted, and how large it may become. */
export interface HeldFile {
  /** The attachment's id. */
  id: string;
  bytes: number;
}

/** What an uploader had not sent when they last began a file. */
export interface UnsentRecord {
  /** Whose (`uploaderOf`). */
  _id: string;
  /** Of this document: it changes only as it was read. */
  version: number;
  files: HeldFile[];
  forgetAt: Date;
}

/** A picture made of an image, small enough for a document. */
export interface ThumbnailRecord {
  /** The attachment's id. */
  _id: string;
  bytes: Buffer;
}
