/** How one replica takes events. Times in milliseconds. */
export interface EventSettings {
  /** Handlers running at once. */
  readonly concurrency: number;
  /** A try that takes longer counts as an error of the handler's own. */
  readonly deadlineMs: number;
  /** Pauses between tries; the last one repeats. */
  readonly backoffMs: readonly [number, ...number[]];
  /** Own errors after which an event is a dead letter. */
  readonly maxErrors: number;
  /** Silence after which NATS gives the event to another replica; each held event says three times as often that it is alive. */
  readonly ackWaitMs: number;
  /** How long `close()` waits for running handlers. */
  readonly drainMs: number;
}

export const defaultSettings: EventSettings = {
  concurrency: 32,
  deadlineMs: 20_000,
  backoffMs: [200, 1_000, 5_000, 15_000],
  maxErrors: 5,
  ackWaitMs: 10_000,
  drainMs: 10_000,
};

/**
 * Events a replica holds at once, for each place of its concurrency: running, waiting for their turn, or for what is
 * out of reach. At the limit it stops taking more: backpressure, bounded memory.
 */
export const heldPerPlace = 8;

/** Limit over all replicas of a durable; with `heldPerPlace` and the default concurrency, sixteen can hold all they want. */
export const maxAckPending = 4_096;
