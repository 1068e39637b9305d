import { Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { LeasedJob } from './leased-job.js';
import type { Leases } from './leases.js';

const intervalMs = 60_000;

/** The database's record: whoever holds it, or finds it over, has it. */
class Record {
  private holder?: string;
  private until = 0;

  of(replica: string): Leases {
    const take = (_: string, forMs: number): Promise<boolean> => {
      if (this.holder !== replica && Date.now() < this.until) return Promise.resolve(false);
      [this.holder, this.until] = [replica, Date.now() + forMs];
      return Promise.resolve(true);
    };
    return { take } as Leases;
  }
}

class Job extends LeasedJob {
  readonly ranAt: number[] = [];
  private readonly registry: SchedulerRegistry;

  constructor(name: string, record: Record) {
    const registry = new SchedulerRegistry();
    const counter = { inc: () => undefined } as never;
    super(name, intervalMs, { runs: counter, failures: counter }, registry, record.of(name));
    this.registry = registry;
  }

  /** No goodbye. */
  kill(): void {
    for (const name of this.registry.getIntervals()) this.registry.deleteInterval(name);
  }

  protected batch(): Promise<boolean> {
    this.ranAt.push(Date.now());
    return Promise.resolve(false);
  }
}

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(Logger.prototype, 'error').mockImplementation();
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

it.each([0, 1_000, 19_000, 30_000, 59_000])('a job is taken over within two intervals when its replica is killed, with another that started %i ms later', async (laterMs) => {
  const record = new Record();
  const [leader, other] = [new Job('first', record), new Job('second', record)];
  leader.onApplicationBootstrap();
  await jest.advanceTimersByTimeAsync(laterMs);
  other.onApplicationBootstrap();
  await jest.advanceTimersByTimeAsync(5 * intervalMs);
  expect([leader.ranAt.length >= 5, other.ranAt]).toEqual([true, []]);

  const killedAt = Date.now();
  leader.kill();
  await jest.advanceTimersByTimeAsync(5 * intervalMs);
  expect(other.ranAt[0]! - killedAt).toBeLessThanOrEqual(2 * intervalMs);
  // From then on at each interval.
  expect(other.ranAt.length).toBeGreaterThanOrEqual(4);
});
