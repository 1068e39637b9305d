import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable, Logger } from '@nestjs/common';
import { AppError } from '@relevo/contracts';
import { Intake } from './intake.js';
import { MediaWorkers, NotReadNow } from './media-workers.js';
import { FileStore } from './store/file-store.js';
import { Turns } from './turns.js';
import type { Binding, UploadRecord } from './upload.schema.js';
import { uploaderOf } from './uploader.js';
import { Uploads } from './uploads.js';
import { readBytes } from './voice-recordings.js';

/** What browsers record Opus in. */
const containers: ReadonlySet<string> = new Set(['audio/webm', 'audio/mp4']);

/** Recordings in memory at once, and what is made of them. */
const atOnce = 1;
/** Whoever comes when so many wait comes again later: the one they wait for was already told of. */
const maxWaiting = 100;

/** Not read in time so often, counting from its upload, it is given up: it is the file and not the machine. */
const mostTimeouts = 4;

const unavailable = (): AppError => new AppError('UNAVAILABLE', 'The voice message is not ready. Try again.');

/**
 * Voice messages in Ogg, for channels that want it: made when first asked for, and kept as a file of its own, which is
 * swept like any other unless a message's file refers to it.
 */
@Injectable()
export class OggVoices {
  private readonly logger = new Logger(OggVoices.name);
  private readonly turns = new Turns(atOnce);

  constructor(
    private readonly uploads: Uploads,
    private readonly intake: Intake,
    private readonly store: FileStore,
    private readonly workers: MediaWorkers,
  ) {}

  /** The same sound in Ogg; the file itself where it is no voice message, or cannot be put into Ogg. */
  async of(file: UploadRecord, binding: Binding): Promise<UploadRecord> {
    if (!file.voice || file.size > readBytes || !containers.has(file.mediaType)) return file;
    const ready = await this.known(file, binding);
    if (ready) return ready;
    if (this.turns.queue >= maxWaiting) throw unavailable();
    return this.turns.run(async () => {
      // Somebody may have waited for the same one.
      const now = (await this.uploads.find(file.workspaceId, file._id)) ?? file;
      return (await this.known(now, binding)) ?? this.make(now, binding);
    });
  }

  /** Null while nobody has tried, or what was made is gone. */
  private async known(file: UploadRecord, binding: Binding): Promise<UploadRecord | null> {
    if (file.ogg === undefined) return null;
    if (file.ogg === null) return file;
    const ogg = await this.uploads.find(file.workspaceId, file.ogg);
    // A crash came between.
    if (ogg?.binding === null) await this.uploads.bind([ogg._id], binding);
    return ogg;
  }

  private async make(file: UploadRecord, binding: Binding): Promise<UploadRecord> {
    const ogg = await this.remux(file);
    // Another replica was faster; what it made is as good.
    if (!(await this.uploads.keepOgg(file, ogg?._id ?? null))) {
      if (ogg) await this.intake.discard(ogg);
      throw unavailable();
    }
    if (!ogg) return file;
    await this.uploads.bind([ogg._id], binding);
    return ogg;
  }

  /** Null where it cannot be done, however often; `UNAVAILABLE` where it could not now. */
  private async remux(file: UploadRecord): Promise<UploadRecord | null> {
    const { _id, workspaceId, blob, size, name } = file;
    const recording = await buffer(await this.store.read(blob, { start: 0, end: size - 1 }));
    const ogg = await this.workers.toOgg(recording).catch((error: unknown) => this.giveUp(file, error));
    if (!ogg) return null;
    const received = await this.intake.receive({ workspaceId, uploader: uploaderOf.madeOf(_id) }, { name: oggName(name), declaredType: 'audio/ogg', content: Readable.from([ogg]) });
    return this.intake.complete(received, { isVoice: false, durationMs: null });
  }

  /** Whoever asks is to ask again, until that was in vain often enough. */
  private async giveUp(file: UploadRecord, error: unknown): Promise<null> {
    if (!(error instanceof NotReadNow)) throw error;
    if ((await this.uploads.timedOut(file)) < mostTimeouts) throw unavailable();
    this.logger.warn({ attachmentId: file._id }, 'a voice message that is never read in time stays as recorded');
    return null;
  }
}

const oggName = (name: string): string => `${name.replace(/\.[A-Za-z0-9]{1,10}$/, '')}.ogg`;
