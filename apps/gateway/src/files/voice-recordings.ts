import { buffer } from 'node:stream/consumers';
import { Injectable, Logger } from '@nestjs/common';
import type { Received } from './intake.js';
import type { Recording } from './media-tasks.js';
import { MediaWorkers } from './media-workers.js';
import { FileStore } from './store/file-store.js';
import { Turns } from './turns.js';

/** Half an hour of speech; of a longer one its sender's word is taken, its waveform is flat, and it stays as recorded. */
export const readBytes = 8 * 1024 * 1024;

/** Recordings in memory at once. */
const atOnce = 2;

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
  read({ record, measured: { size } }: Received, saidMs: number | null): Promise<Recording> {
    const said: Recording = record.mediaType.startsWith('audio/') ? { isSound: true, voice: { durationMs: saidMs ?? 0, peaks: [] } } : { isSound: false };
    if (!/^(audio|video)\//.test(record.mediaType)) return Promise.resolve({ isSound: false });
    if (size > readBytes) return Promise.resolve(said);
    return this.turns.run(async () => {
      const bytes = await buffer(await this.store.read(record.blob, { start: 0, end: size - 1 }));
      try {
        return (await this.workers.readRecording(bytes)) ?? said;
      } catch (error) {
        this.logger.debug({ attachmentId: record._id, reason: String(error) }, 'a recording that cannot be read');
        return said;
      }
    });
  }
}
