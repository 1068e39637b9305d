import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { AppError } from '@relevo/contracts';
import { Clock, duplicateKey } from '@relevo/platform';
import type { Connection, mongo } from 'mongoose';
import { Turns } from './turns.js';
import type { HeldFile, UnsentRecord, UploadRecord } from './upload.schema.js';
import { Uploads } from './uploads.js';

/** What one uploader may have in the store without having sent it. */
export interface UnsentLimit {
  readonly files: number;
  readonly bytes: number;
}

/** Files that are not sent are gone by then. */
const keptMs = 2 * 24 * 60 * 60 * 1000;

/** Of replicas that write at the same moment one gets through at a time. */
const mostAttempts = 100;

/** Room comes by sending, or as what was left is removed: soon is no use. */
const retryAfterMs = 60_000;

const isFull = (limit: UnsentLimit): AppError =>
  new AppError('RATE_LIMITED', 'Too many files that are not sent yet. Send them, or try later.', { details: { retryAfterMs, unsent: { files: limit.files, bytes: limit.bytes } } });

/**
 * Bounds what an uploader fills the store with before anything of it is sent. Who has what stands in one document for each,
 * changed only as it was read, so that all replicas count as one. Nobody takes out what was sent or removed meanwhile: that
 * is found out when another file comes, so no crash makes anybody's share smaller for good.
 */
@Injectable()
export class UnsentLimits implements OnModuleInit {
  private readonly records: mongo.Collection<UnsentRecord>;
  /** Those of one replica need not race each other: it takes milliseconds, and a file much longer. */
  private readonly turns = new Turns(1);

  constructor(
    @InjectConnection() connection: Connection,
    private readonly uploads: Uploads,
    private readonly clock: Clock,
  ) {
    this.records = connection.collection<UnsentRecord>('unsent');
  }

  async onModuleInit(): Promise<void> {
    await this.records.createIndexes([{ key: { forgetAt: 1 }, name: 'forgotten', expireAfterSeconds: 0 }]);
  }

  /** Counts a file that begins, of at most so many bytes; `RATE_LIMITED` when it is one too many. Its record is written. */
  admit(record: UploadRecord, bytes: number, limit: UnsentLimit): Promise<void> {
    return this.turns.run(() => this.count(record, bytes, limit));
  }

  private async count({ _id: id, uploader }: UploadRecord, bytes: number, limit: UnsentLimit): Promise<void> {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const known = await this.records.findOne({ _id: uploader });
      const unsent = await this.unsentOf(known?.files ?? []);
      const held = unsent.reduce((sum, file) => sum + file.bytes, 0);
      if (unsent.length >= limit.files || held + bytes > limit.bytes) throw isFull(limit);
      if (await this.keep(uploader, known?.version ?? 0, [...unsent, { id, bytes }])) return;
    }
    throw new AppError('UNAVAILABLE', 'Too many files at once. Send it again.');
  }

  /** What is still there and in no message, each as large as it turned out to be. */
  private async unsentOf(files: readonly HeldFile[]): Promise<HeldFile[]> {
    if (files.length === 0) return [];
    const sizes = await this.uploads.unboundSizes(files.map(({ id }) => id));
    return files.flatMap(({ id, bytes }) => (sizes.has(id) ? [{ id, bytes: sizes.get(id) ?? bytes }] : []));
  }

  /** False when somebody else was faster. */
  private async keep(uploader: string, version: number, files: HeldFile[]): Promise<boolean> {
    const next = { version: version + 1, files, forgetAt: new Date(this.clock.now().getTime() + keptMs) };
    try {
      const { matchedCount, upsertedCount } = await this.records.updateOne({ _id: uploader, version }, { $set: next }, { upsert: version === 0 });
      return matchedCount + upsertedCount > 0;
    } catch (error) {
      if (duplicateKey(error)) return false;
      throw error;
    }
  }
}
