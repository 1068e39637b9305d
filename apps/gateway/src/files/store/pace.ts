import { AppError } from '@relevo/contracts';
import { Turns } from '../turns.js';

/** Whoever has waited so long for a turn is told to come again: with pieces this means many hundreds of uploads. */
const patienceMs = 30_000;

/** For one write. What is down is found out about sooner, by its driver. */
const stallMs = 20_000;

/** A write that took very long is no reason to leave a store alone that is well again. */
const maxPauseMs = 500;

/**
 * A write that does not come to an end: `UNAVAILABLE`. Whether it still takes place is not known, so what it belongs to
 * is not removed now but left to the sweep.
 */
export class StoreStalled extends AppError {
  constructor() {
    super('UNAVAILABLE', 'Files cannot be stored now. Try again.');
  }
}

const busy = (): AppError => new AppError('UNAVAILABLE', 'Too many files are being stored. Try again.');

/** A turn, or that there are too many who wait (`UNAVAILABLE`), or the signal's reason. */
export async function patiently(turns: Turns, signal: AbortSignal | undefined, forMs = patienceMs): Promise<() => void> {
  signal?.throwIfAborted();
  const givingUp = new AbortController();
  const timer = setTimeout(() => givingUp.abort(busy()), forMs);
  const leave = (): void => givingUp.abort(signal?.reason);
  signal?.addEventListener('abort', leave, { once: true });
  try {
    return await turns.begin(givingUp.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}

export interface PaceSettings {
  /**
   * Writes under way at any moment, on average. Below a whole number each is followed by a pause in proportion to how
   * long it took, so that a store, and whoever shares it, has that part of its time to itself, however fast it is: with
   * 0.5 one write and then a pause as long, with 1.5 two at once and then a third of it.
   */
  readonly load: number;
  readonly patienceMs?: number;
  readonly stallMs?: number;
}

/**
 * How fast one replica writes uploads into its store. A turn is one write, of what its sender has already sent: whoever
 * sends slowly or stalls has none meanwhile, and those who are ready get one after the other, each as often as any other.
 * Who waits does not read on, so its sender is held back, and what it has sent stays as little as a piece.
 */
export class Pace {
  private readonly turns: Turns;
  private readonly pausePerWrite: number;
  private readonly patienceMs: number;
  private readonly stallMs: number;

  constructor(settings: PaceSettings) {
    const atOnce = Math.ceil(settings.load);
    this.turns = new Turns(atOnce);
    this.pausePerWrite = atOnce / settings.load - 1;
    this.patienceMs = settings.patienceMs ?? patienceMs;
    this.stallMs = settings.stallMs ?? stallMs;
  }

  /** Those who wait for a turn. */
  get queue(): number {
    return this.turns.queue;
  }

  /** Throws what `write` does, the signal's reason while it waits, and `UNAVAILABLE` when either takes too long. */
  async run<T>(write: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const end = await patiently(this.turns, signal, this.patienceMs);
    const begunAt = performance.now();
    try {
      return await this.unlessStalled(write());
    } finally {
      const pauseMs = Math.min(maxPauseMs, (performance.now() - begunAt) * this.pausePerWrite);
      if (pauseMs < 1) end();
      else setTimeout(end, pauseMs).unref();
    }
  }

  private async unlessStalled<T>(writing: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const stalled = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new StoreStalled()), this.stallMs);
    });
    try {
      return await Promise.race([writing, stalled]);
    } finally {
      clearTimeout(timer);
    }
  }
}
