import type { AttachmentView } from '@relevo/contracts';
import type { Refusal, RelevoErrorCode } from '../api/error.js';

/** Product rule "Sending": up to 10 attachments of 40 MB each. */
export const fileLimits = { bytes: 40 * 1024 * 1024, perMessage: 10 } as const;

/** Of a recording, as the recorder knows it: the gateway finds out by itself. */
export interface Recorded {
  readonly durationMs: number;
  /** Loudness over time, 0 to 100. */
  readonly peaks: readonly number[];
}

export interface ChosenFile {
  readonly name: string;
  readonly content: Blob;
  /** It is a voice message. */
  readonly voice?: Recorded;
}

/**
 * `waiting`: for its turn, or for a gateway; `uploading`; `stored`: it is at the gateway, and can be sent; `refused`, by the
 * gateway or before it was asked; `cancelled`, by whoever chose it.
 */
export type UploadState = 'waiting' | 'uploading' | 'stored' | 'refused' | 'cancelled';

/** A file that was chosen, on its way to the gateway. It is here as long as the page is. */
export interface Upload extends ChosenFile {
  readonly id: string;
  /** Whose message it is meant for, until that is on its way. */
  readonly chosenFor: string | null;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
  readonly state: UploadState;
  /** 0 to 1. */
  readonly progress: number;
  /** Of `stored`. */
  readonly attachment?: AttachmentView;
  /** Of `refused`. */
  readonly refusal?: Refusal;
  /** Of `waiting`: why the last try came to nothing. `RATE_LIMITED`: too much is uploaded that is not sent yet. */
  readonly delayedBy?: RelevoErrorCode;
}

/** What is known to be refused need not be asked. */
export function refusalOf({ size }: Pick<Blob, 'size'>): Refusal | null {
  if (size === 0) return { code: 'VALIDATION_FAILED', message: 'The file is empty.', errors: [{ path: 'file', message: 'must not be empty' }] };
  if (size > fileLimits.bytes) return { code: 'PAYLOAD_TOO_LARGE', message: `A file has at most ${fileLimits.bytes} bytes.` };
  return null;
}

/** For what it is, which does not change by itself. */
const final: ReadonlySet<string | undefined> = new Set(['VALIDATION_FAILED', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA']);

/** Whether another try may end otherwise. */
export const isRetryable = ({ state, refusal }: Upload): boolean => state === 'cancelled' || (state === 'refused' && !final.has(refusal?.code));

/** Whether nothing happens to it any more by itself. */
export const isSettled = ({ state }: Upload): boolean => state === 'stored' || state === 'refused' || state === 'cancelled';
