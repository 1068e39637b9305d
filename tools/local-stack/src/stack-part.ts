import type { NatsAccess } from './nats-users.js';

export type Via = 'environment' | 'docker' | 'path' | 'packages';

/** NATS or the database, wherever it comes from. What controls it fails for a part that this process did not start. */
export interface StackPart {
  readonly via: Via;
  readonly url: string;
  /** kill -9; only for parts we started */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay open, nothing answers. */
  pause(): Promise<void>;
  /** SIGCONT */
  resume(): Promise<void>;
  /** Starts it again on the same port with the same data after kill. */
  restart(): Promise<void>;
}

/** NATS asks everybody who they are: there is a URL for each user, with the password in it. */
export type NatsPart = StackPart & NatsAccess;

/** What a way hands over: the part, and what `stack.json` keeps so that the next start finds the same ports. */
export interface StartedPart extends StackPart {
  readonly ports: readonly number[];
  /** Only for what does not end with the stack's processes (containers). */
  stop?(): Promise<void>;
}

/** Where a part lives and with whom it speaks while it starts. */
export interface PartContext {
  /** The stack's folder, absolute; each part makes its own in it. */
  readonly dir: string;
  readonly ephemeral: boolean;
  readonly natsSilenceSeconds?: number;
  /** Ports of the last run, tried first. */
  readonly ports: readonly number[];
  readonly onProgress: (line: string) => void;
  /** Tells the watchdog, so that the process ends with this one. */
  readonly watch: (pid: number) => void;
}
