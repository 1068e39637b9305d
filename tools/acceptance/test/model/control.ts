import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Fault } from './faults.js';

/** What the processes of `conversations` read of it: see `inside-conversations.ts`. */
export interface Controlled {
  readonly aheadMs: number;
  readonly fault: Fault | null;
}

/**
 * Moves the time on at which every replica of `conversations` decides, and plants faults in them. Takes effect at once:
 * they look whenever they decide.
 */
export class Control {
  private readonly folder = mkdtempSync(join(tmpdir(), 'relevo-model-'));
  private controlled: Controlled = { aheadMs: 0, fault: null };

  constructor() {
    this.set({});
  }

  /** For the processes to be controlled. */
  get env(): Readonly<Record<string, string>> {
    return { NODE_OPTIONS: `--import=${pathToFileURL(join(__dirname, 'inside-conversations.ts')).href}`, MODEL_TEST_CONTROL: this.file };
  }

  /** The time there; they estimate it to within milliseconds. */
  now(): number {
    return Date.now() + this.controlled.aheadMs;
  }

  advance(ms: number): void {
    this.set({ aheadMs: this.controlled.aheadMs + ms });
  }

  plant(fault: Fault | null): void {
    this.set({ fault });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private get file(): string {
    return join(this.folder, 'control.json');
  }

  /** Renamed into its place, so that nobody reads half of it. */
  private set(change: Partial<Controlled>): void {
    this.controlled = { ...this.controlled, ...change };
    writeFileSync(`${this.file}.new`, JSON.stringify(this.controlled));
    renameSync(`${this.file}.new`, this.file);
  }
}
