import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';

/** What tells the time to decisions. Never the machine's own clock: replicas disagree about it. */
export abstract class Clock {
  abstract now(): Date;
}

/** What asking the database for its time told. All in milliseconds; "ours" is a clock that only ever runs forward. */
export interface Reading {
  /** The database's time less ours. */
  readonly offsetMs: number;
  /** Half the way there and back: the offset is wrong by this at most. */
  readonly errorMs: number;
  /** When, by ours. */
  readonly at: number;
}

const resyncMs = 30_000;

/** Asked one after the other until an answer was hardly delayed: replicas that went by the first would stand apart by as much as it was. */
const maxQuestions = 25;
const sureMs = 1;

/** How far two sound clocks may part in a second. */
const driftPerMs = 100 / 1_000_000;

export const readingOf = (databaseTime: Date, asked: number, answered: number): Reading => ({
  offsetMs: databaseTime.getTime() - (asked + answered) / 2,
  errorMs: (answered - asked) / 2,
  at: answered,
});

/**
 * Which of two readings to go by: the surer one, so that an answer which came late, on a busy machine, sets no clock wrong;
 * the newer one where both cannot be true, because one of the clocks was set or stood still.
 */
export function surer(known: Reading | null, fresh: Reading): Reading {
  if (known === null) return fresh;
  const aged = known.errorMs + (fresh.at - known.at) * driftPerMs;
  const contradicts = Math.abs(fresh.offsetMs - known.offsetMs) > aged + fresh.errorMs;
  return contradicts || fresh.errorMs <= aged ? fresh : known;
}

/**
 * The database's clock, estimated from its `hello.localTime` every 30 s. All replicas of a service thus share one clock to
 * within a round trip, whatever their machines say and however these are set meanwhile.
 */
@Injectable()
export class DatabaseClock extends Clock implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(DatabaseClock.name);
  private reading: Reading | null = null;
  private timer?: NodeJS.Timeout;

  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  async onModuleInit(): Promise<void> {
    await this.sync();
    this.timer = setInterval(() => {
      this.sync().catch((error: unknown) => this.logger.warn(`keeps its last offset: ${String(error)}`));
    }, resyncMs);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  now(): Date {
    if (this.reading === null) throw new Error('The time is told once the database has been asked for it');
    return new Date(performance.now() + this.reading.offsetMs);
  }

  private async sync(): Promise<void> {
    for (let count = 0; count < maxQuestions; count += 1) if ((await this.ask()) <= sureMs) return;
  }

  /** How wrong the answer is at most, in milliseconds. */
  private async ask(): Promise<number> {
    const asked = performance.now();
    const hello: unknown = await this.connection.db?.admin().command({ hello: 1 });
    const answered = performance.now();
    if (typeof hello !== 'object' || hello === null || !('localTime' in hello) || !(hello.localTime instanceof Date)) return Infinity;
    const reading = readingOf(hello.localTime, asked, answered);
    this.reading = surer(this.reading, reading);
    return reading.errorMs;
  }
}
