import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const patienceMs = 20_000;
const everyMs = 20;

/** Of one process, garbage collected. */
export interface Memory {
  /** What the heap and the buffers outside of it hold. */
  readonly liveBytes: number;
  /** What the operating system has given it. */
  readonly residentBytes: number;
}

/** Asks processes what they hold; they must have been started with its environment. */
export class MemoryProbe {
  private constructor(private readonly folder: string) {}

  static async make(): Promise<MemoryProbe> {
    return new MemoryProbe(await mkdtemp(join(tmpdir(), 'relevo-memory-')));
  }

  get env(): Record<string, string> {
    const probe = join(import.meta.dirname, '..', '..', 'dist', 'memory', 'memory-probe.js');
    return { NODE_OPTIONS: `--import=${pathToFileURL(probe).href}`, MEMORY_PROBE_DIR: this.folder };
  }

  async read(pid: number): Promise<Memory> {
    const file = join(this.folder, `${pid}.json`);
    await rm(file, { force: true });
    process.kill(pid, 'SIGUSR2');
    for (const until = Date.now() + patienceMs; Date.now() < until; ) {
      const text = await readFile(file, 'utf8').catch(() => '');
      if (text.endsWith('}')) {
        const { heapUsed, external, rss } = JSON.parse(text) as NodeJS.MemoryUsage;
        return { liveBytes: heapUsed + external, residentBytes: rss };
      }
      await delay(everyMs);
    }
    throw new Error(`Process ${pid} did not say what memory it holds`);
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
