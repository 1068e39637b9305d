/** Something that is shared by all who look at the same. */
export interface Shared {
  /** Whether anybody looks at it. */
  readonly isUsed: boolean;
  /** Nobody will look at it any more. */
  stop(): void;
}

/** What nobody looks at stays this long, so that coming back to it costs nothing. */
const lingerMs = 60_000;

/** One of each, made when it is first asked for and let go of some time after the last look at it. */
export class Registry<V extends Shared> {
  private readonly kept = new Map<string, { readonly value: V; usedAt: number }>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  get(key: string, make: () => V): V {
    const found = this.kept.get(key) ?? { value: make(), usedAt: 0 };
    found.usedAt = Date.now();
    this.kept.set(key, found);
    this.timer ??= setTimeout(() => this.sweep(), lingerMs);
    return found.value;
  }

  find(key: string): V | undefined {
    return this.kept.get(key)?.value;
  }

  values(): V[] {
    return [...this.kept.values()].map(({ value }) => value);
  }

  clear(): void {
    for (const { value } of this.kept.values()) value.stop();
    clearTimeout(this.timer);
    this.timer = undefined;
    this.kept.clear();
  }

  private sweep(): void {
    const now = Date.now();
    for (const [key, one] of this.kept) {
      if (one.value.isUsed) one.usedAt = now;
      else if (now - one.usedAt >= lingerMs) {
        one.value.stop();
        this.kept.delete(key);
      }
    }
    this.timer = this.kept.size === 0 ? undefined : setTimeout(() => this.sweep(), lingerMs);
  }
}
