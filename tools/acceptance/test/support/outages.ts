import type { System } from './system.js';

type Stack = System['stack'];

/** What can go away, how, and how it comes back. */
export interface Outage {
  readonly name: string;
  stop(stack: Stack): Promise<void>;
  bringBack(stack: Stack): Promise<void>;
}

/** Killed: connections are refused. Frozen: they stay open, new ones are even accepted, and nothing answers. */
export const outages: readonly Outage[] = (['nats', 'database'] as const).flatMap((part) => [
  { name: `${part} killed`, stop: (stack) => stack[part].kill(), bringBack: (stack) => stack[part].restart() },
  { name: `${part} frozen`, stop: (stack) => stack[part].pause(), bringBack: (stack) => stack[part].resume() },
]);
