import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type AttachmentView, type VoiceView } from '@relevo/contracts';
import { Clock, duplicateKey } from '@relevo/platform';
import { type Connection, type mongo } from 'mongoose';
import type { Binding, UploadRecord, UploadState } from './upload.schema.js';

/** What is known of a file once it has been read to its end. */
export interface Measured {
  readonly size: number;
  readonly digest: string;
}

/** A file whose bytes are all in the store, and which is nobody's yet. */
export interface Received {
  readonly record: UploadRecord;
  readonly measured: Measured;
}

/** What is known of a voice message. */
export interface Voiced {
  readonly voice: VoiceView;
  /** How often it was not read in time. */
  readonly timeouts: number;
}

export type Beginning = Pick<UploadRecord, '_id' | 'workspaceId' | 'uploader' | 'name' | 'mediaType'>;

/** Nobody guesses one, and GridFS takes it for a key of its own. */
export const newBlobKey = (): string => randomBytes(12).toString('hex');

export const attachmentOf = ({ _id, name, mediaType, size, voice }: UploadRecord): AttachmentView => ({ id: _id, name, mediaType, size, ...(voice && { voice }) });

/** What was read and has no bars is no Opus, or cannot be read: there can be none in Ogg. */
function oggOf({ voice, timeouts }: Voiced): Pick<UploadRecord, 'ogg' | 'timeouts'> {
  if (timeouts > 0) return { timeouts };
  return voice.peaks.length > 0 ? {} : { ogg: null };
}

const hourMs = 60 * 60 * 1000;

/**
 * How long one is left alone in each state: what was not sent for a day, what takes much longer to come than the server
 * lets a request take, and what somebody else is just removing.
 */
const dueAfterMs: readonly (readonly [UploadState, number])[] = [
  ['removing', hourMs],
  ['receiving', hourMs],
  ['stored', 24 * hourMs],
];

/** What is in the store, and every change of it: each is one conditional update, so that replicas may race. */
@Injectable()
export class Uploads implements OnModuleInit {
  private readonly records: mongo.Collection<UploadRecord>;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly clock: Clock,
  ) {
    this.records = connection.collection<UploadRecord>('uploads');
  }

  async onModuleInit(): Promise<void> {
    await this.records.createIndexes([
      // What nobody refers to, longest first; bound ones, which are most, are not in it.
      { key: { state: 1, touchedAt: 1, _id: 1 }, name: 'unbound', partialFilterExpression: { touchedAt: { $exists: true } } },
    ]);
  }

  /** Before the first byte is stored, so that what a crash leaves is found. Null when its id is taken. */
  async begin(beginning: Beginning): Promise<UploadRecord | null> {
    const record: UploadRecord = {
      ...beginning,
      state: 'receiving',
      blob: newBlobKey(),
      size: 0,
      digest: '',
      voice: null,
      binding: null,
      touchedAt: this.clock.now(),
    };
    try {
      await this.records.insertOne(record);
    } catch (error) {
      if (duplicateKey(error)) return null;
      throw error;
    }
    return record;
  }

  /** It still comes: nobody is to take it for abandoned. */
  async renew({ _id, blob }: UploadRecord): Promise<void> {
    await this.records.updateOne({ _id, blob, state: 'receiving' }, { $set: { touchedAt: this.clock.now() } });
  }

  /** What a gateway that is gone left of storing or removing it, for whoever removes the rest; null while one is at it. */
  takeOver(id: string, leaseMs: number): Promise<UploadRecord | null> {
    const now = this.clock.now();
    return this.records.findOneAndUpdate(
      { _id: id, state: { $in: ['receiving', 'removing'] }, binding: null, touchedAt: { $lte: new Date(now.getTime() - leaseMs) } },
      { $set: { state: 'removing', touchedAt: now } },
      { returnDocument: 'after' },
    );
  }

  /** All of it is in the store. Null when it was given up meanwhile. */
  complete({ _id, blob, mediaType }: UploadRecord, measured: Measured, voiced: Voiced | null): Promise<UploadRecord | null> {
    const spoken = voiced && { voice: voiced.voice, ...oggOf(voiced), mediaType: mediaType.replace(/^video\//, 'audio/') };
    const whole = { ...measured, ...spoken, state: 'stored' as const, touchedAt: this.clock.now() };
    return this.records.findOneAndUpdate({ _id, blob, state: 'receiving' }, { $set: whole }, { returnDocument: 'after' });
  }

  /** Once its bytes are gone. */
  async forget({ _id, blob }: UploadRecord): Promise<void> {
    await this.records.deleteOne({ _id, blob });
  }

  /** One that is whole. */
  find(workspaceId: string, id: string): Promise<UploadRecord | null> {
    return this.records.findOne({ _id: id, workspaceId, state: 'stored' });
  }

  /** Of these the ones that are there and in no message, with their size; null while that is not known. */
  async unboundSizes(ids: readonly string[]): Promise<Map<string, number | null>> {
    const found = await this.records.find({ _id: { $in: [...ids] }, binding: null, state: { $ne: 'removing' } }).toArray();
    return new Map(found.map(({ _id, state, size }) => [_id, state === 'stored' ? size : null]));
  }

  /** The same, for whoever brings a link and so names no workspace. */
  findLinked(id: string): Promise<UploadRecord | null> {
    return this.records.findOne({ _id: id, state: 'stored' });
  }

  /** Takes it for a command of its uploader's, unless it is another's already; a repeat of the command takes it again. */
  claim(id: string, { workspaceId, uploader }: Pick<UploadRecord, 'workspaceId' | 'uploader'>, key: string): Promise<UploadRecord | null> {
    return this.records.findOneAndUpdate(
      { _id: id, workspaceId, uploader, state: 'stored', $or: [{ claim: { $exists: false }, binding: null }, { 'claim.key': key }] },
      { $set: { 'claim.key': key, touchedAt: this.clock.now() }, $inc: { 'claim.attempts': 1 } },
      { returnDocument: 'after' },
    );
  }

  /**
   * An attempt was refused. It is free for another command only when no other attempt of the same is under way or ended
   * in doubt: that one may still come through.
   */
  async release(id: string, key: string): Promise<void> {
    await this.records.updateOne({ _id: id, 'claim.key': key, binding: null }, { $inc: { 'claim.attempts': -1 } });
    await this.records.updateOne({ _id: id, 'claim.key': key, 'claim.attempts': { $lte: 0 }, binding: null }, { $unset: { claim: 1 } });
  }

  /** Its uploader does not send it after all: nobody gets it from now on. Null unless it is theirs and no command names it. */
  withdraw(id: string, { workspaceId, uploader }: Pick<UploadRecord, 'workspaceId' | 'uploader'>): Promise<UploadRecord | null> {
    return this.records.findOneAndUpdate(
      { _id: id, workspaceId, uploader, state: 'stored', claim: { $exists: false }, binding: null },
      { $set: { state: 'removing', touchedAt: this.clock.now() } },
      { returnDocument: 'after' },
    );
  }

  /** At most `limit` that are due to be removed, by state those untouched for longest. */
  async unused(limit: number): Promise<UploadRecord[]> {
    const now = this.clock.now().getTime();
    const due: UploadRecord[] = [];
    for (const [state, afterMs] of dueAfterMs) {
      const before = new Date(now - afterMs);
      due.push(...(await this.records.find({ state, touchedAt: { $lte: before } }).sort({ touchedAt: 1, _id: 1 }).limit(limit).toArray()));
    }
    return due.slice(0, limit);
  }

  /** Nobody gets it from now on. False when it was touched meanwhile: a message has it, or its upload is whole. */
  async giveUp({ _id, blob, state, touchedAt }: UploadRecord): Promise<boolean> {
    const { matchedCount } = await this.records.updateOne({ _id, blob, state, touchedAt, binding: null }, { $set: { state: 'removing' } });
    return matchedCount > 0;
  }

  /** Remembers what became of it in Ogg. False when that has changed meanwhile. */
  async keepOgg({ _id, ogg }: UploadRecord, made: string | null): Promise<boolean> {
    const { matchedCount } = await this.records.updateOne({ _id, ogg: ogg ?? { $exists: false } }, { $set: { ogg: made } });
    return matchedCount > 0;
  }

  /** It was not read in time once more; how often by now. */
  async timedOut({ _id }: UploadRecord): Promise<number> {
    const counted = await this.records.findOneAndUpdate({ _id }, { $inc: { timeouts: 1 } }, { returnDocument: 'after' });
    return counted?.timeouts ?? 0;
  }

  /** A message refers to it. */
  async bind(ids: readonly string[], binding: Binding): Promise<void> {
    await this.records.updateMany({ _id: { $in: [...ids] }, binding: null }, { $set: { binding }, $unset: { touchedAt: 1 } });
  }
}
