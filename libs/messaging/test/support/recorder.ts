import type { AgentEvent } from '@relevo/contracts';
import type { EventContext } from '../../src/index.js';

export interface Handled {
  /** What the test called the event. */
  readonly name: string;
  readonly context: EventContext;
}

/** Writes down what handlers met, and tells when enough is there. */
export class Recorder {
  readonly handled: Handled[] = [];
  private readonly watchers = new Set<() => void>();

  add(payload: AgentEvent, context: EventContext): void {
    this.handled.push({ name: payload.agent.name, context });
    for (const look of this.watchers) look();
  }

  get names(): string[] {
    return this.handled.map(({ name }) => name);
  }

  times(name: string): number {
    return this.names.filter((one) => one === name).length;
  }

  /** Resolves once `enough` holds; the test's own time limit bounds it. */
  until(enough: (recorder: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!enough(this)) return;
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
      look();
    });
  }

  /** Resolves once each of `names` was handled at least once. */
  all(names: readonly string[]): Promise<void> {
    return this.until(() => {
      const met = new Set(this.names);
      return names.every((name) => met.has(name));
    });
  }
}
