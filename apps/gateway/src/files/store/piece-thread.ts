import { join } from 'node:path';
import { AppError } from '@relevo/contracts';
import { Piscina } from 'piscina';
import type { FileRecord, Piece, ThreadSettings } from './piece.js';

/** As built, from src/ (in tests) and from dist/ alike: a thread compiles nothing. */
const tasks = join(import.meta.dirname, '..', '..', '..', 'dist', 'files', 'store', 'piece-tasks.js');

/** More than are ever written at once: `Pace` is what bounds them. */
const tasksAtOnce = 100;

/** Several times what it needs: what is written is outside of its heap. */
const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };

/**
 * A thread that writes pieces of files, over connections of its own. The driver copies a piece several times on its way,
 * and memory outside of V8's heap makes it collect all of the heap's garbage every few megabytes: the gateway's own heap
 * is large, and messages would wait for that; the thread's is small.
 */
export class PieceThread {
  private readonly pool: Piscina;

  constructor(settings: ThreadSettings) {
    // Waiting by Atomics would stop the thread's own event loop, and with it the driver's signs of life.
    this.pool = new Piscina({ filename: tasks, minThreads: 0, maxThreads: 1, concurrentTasksPerWorker: tasksAtOnce, idleTimeout: 60_000, atomics: 'disabled', workerData: settings, resourceLimits });
  }

  /** Resolves when the database has it for good; `UNAVAILABLE` whatever keeps it from that: it is away, or full. */
  write(piece: Piece): Promise<void> {
    return this.run('writePiece', piece);
  }

  /** Likewise. */
  finish(file: FileRecord): Promise<void> {
    return this.run('writeFile', file);
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async run(name: string, task: Piece | FileRecord): Promise<void> {
    try {
      await this.pool.run(task, { name });
    } catch (error) {
      throw new AppError('UNAVAILABLE', 'Files cannot be stored now. Try again.', { cause: error });
    }
  }
}
