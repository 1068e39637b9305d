import type { AttachmentView } from '@relevo/contracts';
import type { Refusal } from '../api/error.js';
import type { Upload } from '../files/upload.js';

interface Pending {
  /** Of the command that it becomes; it stays the same, so that it is done once. */
  readonly commandId: string;
  readonly conversationId: string;
  readonly text: string;
  /** When it was written. */
  readonly at: string;
  /**
   * `queued`: nothing was asked yet; `sending`: asked, and perhaps done, until an answer says so; `refused`: nothing was
   * done, and what follows it in the conversation waits until it is retried, edited or discarded.
   */
  readonly state: 'queued' | 'sending' | 'refused';
  /** Of `refused`. */
  readonly refusal?: Refusal;
}

/** A file of a message, as it is kept: its content is in `Uploads`, as long as the page lives. */
export interface PendingFile extends Pick<Upload, 'name' | 'mediaType' | 'size' | 'voice'> {
  readonly uploadId: string;
  /** Once it is at the gateway; the message waits for that of all of them. */
  readonly attachment?: AttachmentView;
}

/** To the customer. `seenSeq`: the last entry that the writer saw, for the reply fence. */
export interface PendingMessage extends Pending {
  readonly kind: 'message';
  readonly seenSeq?: number;
  readonly files?: readonly PendingFile[];
}

/** For colleagues alone. */
export interface PendingNote extends Pending {
  readonly kind: 'note';
  readonly mentions: readonly string[];
}

/** What was written and is not in the timeline yet. One kind never becomes the other. */
export type PendingEntry = PendingMessage | PendingNote;

/** Whether it may be changed or thrown away: once it was asked for, only an answer tells what became of it. */
export const isEditable = ({ state }: PendingEntry): boolean => state !== 'sending';

export const filesOf = (entry: PendingEntry): readonly PendingFile[] => (entry.kind === 'message' ? (entry.files ?? []) : []);

const isMissing = ({ attachment }: PendingFile): boolean => attachment === undefined;

/** Whether it waits for files that are not at the gateway yet. */
export const waitsForFiles = (entry: PendingEntry): boolean => filesOf(entry).some(isMissing);

/** The next of each conversation; what is refused, or waits for its files, holds up what was written after it. */
export function nextOf(entries: readonly PendingEntry[], conversationId: string): PendingEntry | null {
  const first = entries.find((entry) => entry.conversationId === conversationId);
  return first && first.state !== 'refused' && !waitsForFiles(first) ? first : null;
}

export const conversationsOf = (entries: readonly PendingEntry[]): string[] => [...new Set(entries.map(({ conversationId }) => conversationId))];

const isText = (value: unknown): value is string => typeof value === 'string';

const areFiles = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.every((file: Partial<PendingFile> | null) => isText(file?.uploadId) && isText(file.name)));

/** As it was kept. What is not whole, or of a kind that is not known here, is not guessed at. */
export function parsePending(text: string | null): PendingEntry | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<PendingEntry>;
    const isWhole = isText(value.commandId) && isText(value.conversationId) && isText(value.text) && isText(value.at);
    const isKnown = (value.kind === 'message' && areFiles(value.files)) || (value.kind === 'note' && Array.isArray(value.mentions));
    return isWhole && isKnown && (value.state === 'queued' || value.state === 'sending' || value.state === 'refused') ? (value as PendingEntry) : null;
  } catch {
    return null;
  }
}

/** In the order in which they were written. */
export const inOrder = (entries: readonly PendingEntry[]): PendingEntry[] => [...entries].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
