import { join } from 'node:path';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Piscina } from 'piscina';
import { GatewayConfig } from '../config.js';
import type { Recording } from './media-tasks.js';
import { Turns } from './turns.js';

/** As built, from src/ (in tests) and from dist/ alike: a thread compiles nothing. */
const tasks = join(import.meta.dirname, '..', '..', 'dist', 'files', 'media-tasks.js');

const atOnce = 2;

/** Nothing was found out: in time, or because the thread ended. A busy machine does that as well as a hostile file. */
export class NotReadNow extends Error {}

/**
 * Reads what strangers sent in threads of its own, each with a deadline: a file that was made to keep a parser busy for
 * ever (a few bytes are enough) costs its sender an answer, and nobody else anything.
 */
@Injectable()
export class MediaWorkers implements OnModuleDestroy {
  private readonly turns = new Turns(atOnce);
  private readonly pool = new Piscina({ filename: tasks, minThreads: 0, maxThreads: atOnce, idleTimeout: 30_000, resourceLimits: { maxOldGenerationSizeMb: 128 } });

  constructor(private readonly config: GatewayConfig) {}

  /** Null where there is no sound to be found, or none that can be read. Rejects with `NotReadNow`. */
  readRecording(bytes: Uint8Array): Promise<Recording | null> {
    return this.run<Recording | null>('readRecording', bytes);
  }

  /** The same sound in Ogg; null where there is no Opus in it, or none that can be read. Rejects with `NotReadNow`. */
  toOgg(bytes: Uint8Array): Promise<Uint8Array | null> {
    return this.run<Uint8Array | null>('toOgg', bytes);
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.destroy();
  }

  /** From when there is a thread for it. */
  private run<T>(name: string, bytes: Uint8Array): Promise<T> {
    return this.turns.run(async () => {
      try {
        return (await this.pool.run(bytes, { name, signal: AbortSignal.timeout(this.config.MEDIA_TIMEOUT_MS) })) as T;
      } catch (error) {
        throw new NotReadNow('A recording was not read in time.', { cause: error });
      }
    });
  }
}
