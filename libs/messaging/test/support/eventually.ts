import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a fact that nothing announces: looks again and again until `look` does not throw, and throws what it threw last. */
export async function eventually<T>(look: () => T | Promise<T>, withinMs = 60_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    await pause(10);
  }
}

/** A door that handlers wait behind until the test opens it. */
export class Gate {
  private readonly opened = Promise.withResolvers<void>();

  open(): void {
    this.opened.resolve();
  }

  passed(): Promise<void> {
    return this.opened.promise;
  }
}
