import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';

/** What tells the time to decisions. Never the machine's own clock: replicas disagree about it. */
export abstract class Clock {
  abstract now(): Date;
}

const resyncMs = 30_000;

/**
 * The database's clock, estimated: its `hello.localTime` against ours, corrected by half the round trip, every 30 s.
 * All replicas of a service thus share one clock to within a round trip, whatever their machines say.
 */
@Injectable()
export class DatabaseClock extends Clock implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(DatabaseClock.name);
  private offsetMs = 0;
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
    return new Date(Date.now() + this.offsetMs);
  }

  private async sync(): Promise<void> {
    const asked = Date.now();
    const hello: unknown = await this.connection.db?.admin().command({ hello: 1 });
    const answered = Date.now();
    if (typeof hello === 'object' && hello !== null && 'localTime' in hello && hello.localTime instanceof Date) {
      this.offsetMs = hello.localTime.getTime() - (asked + answered) / 2;
    }
  }
}
