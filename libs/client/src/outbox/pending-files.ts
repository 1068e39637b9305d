import type { Refusal } from '../api/error.js';
import type { Upload } from '../files/upload.js';
import { filesOf, type PendingEntry, type PendingFile } from './pending.js';

export const pendingFileOf = ({ id, name, mediaType, size, voice, attachment }: Upload): PendingFile => ({ uploadId: id, name, mediaType, size, ...(voice && { voice }), ...(attachment && { attachment }) });

/** Whether it waits for this upload. */
export const waitsFor = (entry: PendingEntry, upload: Upload): boolean => entry.state !== 'sending' && filesOf(entry).some(({ uploadId, attachment }) => uploadId === upload.id && !attachment);

/** One of its files is at the gateway, or will not get there by itself. */
export function withOutcome(entry: PendingEntry, { id, attachment, refusal = { code: 'ABORTED', message: 'It was cancelled.' } }: Upload): PendingEntry {
  if (!attachment || entry.kind !== 'message') return { ...entry, state: 'refused', refusal };
  return { ...entry, files: filesOf(entry).map((file) => (file.uploadId === id ? { ...file, attachment } : file)) };
}

const lost: Refusal = { code: 'FILE_LOST', message: 'Its files were not uploaded.' };

/** A message whose files went with another page, or are on their way in another tab, cannot go from here. */
export function withoutLost(entry: PendingEntry, isHere: (uploadId: string) => boolean): PendingEntry {
  const isLost = entry.state === 'queued' && filesOf(entry).some(({ uploadId, attachment }) => !attachment && !isHere(uploadId));
  return isLost ? { ...entry, state: 'refused', refusal: lost } : entry;
}

/** With those of its files alone that are at the gateway; null when nothing would be left of it. */
export function withoutMissing(entry: PendingEntry): PendingEntry | null {
  const files = filesOf(entry).filter(({ attachment }) => attachment);
  return entry.kind !== 'message' || (entry.text.trim() === '' && files.length === 0) ? null : { ...entry, files };
}
