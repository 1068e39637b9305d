import type { NatsConnection } from '@nats-io/transport-node';
import type { Gauge } from 'prom-client';

/** A reload of the last page that shows it should not cost a consumer. */
const lingerMs = 10_000;

interface Feed {
  reopen(): void;
  close(): Promise<void>;
}

/** One socket's hold on a feed. */
export interface Hold<F extends Feed> {
  readonly feed: Promise<F>;
  release(): void;
}

interface Entry<F extends Feed> {
  readonly feed: Promise<F>;
  holds: number;
  linger?: NodeJS.Timeout;
}

/** One feed for all who need the same; opened for the first of them, closed a while after the last. */
export class FeedPool<F extends Feed> {
  private readonly open = new Map<string, Entry<F>>();

  constructor(private readonly gauge: Gauge) {}

  /** Of the feed with this key, which `openFeed` opens when it is not there. */
  hold(key: string, openFeed: () => Promise<F>): Hold<F> {
    const entry = this.open.get(key) ?? this.start(key, openFeed);
    clearTimeout(entry.linger);
    entry.holds++;
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      if (--entry.holds > 0) return;
      entry.linger = setTimeout(() => void this.stop(key, entry), lingerMs).unref();
    };
    return { feed: entry.feed, release };
  }

  /** For as long as the connection lives. */
  async reopenAfterReconnects(nats: NatsConnection): Promise<void> {
    for await (const { type } of nats.status()) {
      if (type !== 'reconnect') continue;
      for (const { feed } of this.open.values()) void feed.then((opened) => opened.reopen()).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.open].map(([key, entry]) => this.stop(key, entry)));
  }

  private start(key: string, openFeed: () => Promise<F>): Entry<F> {
    const entry: Entry<F> = { feed: openFeed(), holds: 0 };
    this.open.set(key, entry);
    this.gauge.inc();
    // Whoever comes next tries again.
    entry.feed.catch(() => this.forget(key, entry));
    return entry;
  }

  private async stop(key: string, entry: Entry<F>): Promise<void> {
    clearTimeout(entry.linger);
    this.forget(key, entry);
    const feed = await entry.feed.catch(() => undefined);
    await feed?.close();
  }

  private forget(key: string, entry: Entry<F>): void {
    if (this.open.get(key) !== entry) return;
    this.open.delete(key);
    this.gauge.dec();
  }
}
