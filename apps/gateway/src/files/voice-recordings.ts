import { buffer } from 'node:stream/consumers';
import { Injectable, Logger } from '@nestjs/common';
import type { Recording } from './media-tasks.js';
import { MediaWorkers, NotReadNow } from './media-workers.js';
import { FileStore } from './store/file-store.js';
import { Turns } from './turns.js';
import type { Received } from './uploads.js';

/** Half an hour of speech; of a longer one its sender's word is taken, its waveform is flat, and it stays as recorded. */
export const readBytes = 8 * 1024 * 1024;

/** A busy machine gets a second chance; a file that keeps its parser busy costs so many deadlines. */
const attempts = 2;

/** Recordings in memory at once. */
const atOnce = 2;

/** What a voice message turned out to be. */
export interface Heard {
  readonly recording: Recording;
  /** How often it was not read in time: what is said of it then is its sender's word, and may be found out later. */
  readonly timeouts: number;
}

/** Reads how long a voice message is and what it looks like, from its sound and not from what is said of it. */
@Injectable()
export class VoiceRecordings {
  private readonly logger = new Logger(VoiceRecordings.name);
  private readonly turns = new Turns(atOnce);

  constructor(
    private readonly store: FileStore,
    private readonly workers: MediaWorkers,
  ) {}

  /** `saidMs` is what stands for the length where the file does not tell. */
  read({ record, measured: { size } }: Received, saidMs: number | null): Promise<Heard> {
    const said: Recording = record.mediaType.startsWith('audio/') ? { isSound: true, voice: { durationMs: saidMs ?? 0, peaks: [] } } : { isSound: false };
    if (!/^(audio|video)\//.test(record.mediaType)) return Promise.resolve(found({ isSound: false }));
    if (size > readBytes) return Promise.resolve(found(said));
    return this.turns.run(async () => {
      const bytes = await buffer(await this.store.read(record.blob, { start: 0, end: size - 1 }));
      for (let timeouts = 0; timeouts < attempts; timeouts += 1) {
        try {
          return found((await this.workers.readRecording(bytes)) ?? said);
        } catch (error) {
          if (!(error instanceof NotReadNow)) throw error;
          this.logger.debug({ attachmentId: record._id, reason: String(error.cause) }, 'a recording was not read in time');
        }
      }
      return { recording: said, timeouts: attempts };
    });
  }
}

const found = (recording: Recording): Heard => ({ recording, timeouts: 0 });
