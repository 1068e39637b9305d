import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { rateLimited } from '@relevo/contracts';
import { Clock, digestId, duplicateKey, newId } from '@relevo/platform';
import type { Model } from 'mongoose';
import { GatewayConfig } from '../config.js';
import { networkOf } from '../http/client.js';
import { LoginAttemptsRecord } from './login-attempts.schema.js';
import { standingOf, staleBefore, windowMs } from './login-attempts.js';

/** How often somebody looks whose turn depends on those under way. */
const waitMs = 50;

/** Whose password is tried, and from where. Both together: nobody locks anybody out from another address. */
export interface Tried {
  readonly email: string;
  readonly address: string;
}

/** The same email in other letters is the same agent (routing: `agentIdOf`), and one line of a provider one address. */
const keyOf = ({ email, address }: Tried): string => digestId('login', email.normalize('NFKC').toLowerCase(), networkOf(address));

/**
 * So many failed passwords in a minute, over all replicas: each attempt takes one of the pair's places in the database
 * before it is judged. A failure keeps it for a minute, a success frees it and those of all failures.
 */
@Injectable()
export class LoginLimit implements OnModuleInit {
  private readonly logger = new Logger(LoginLimit.name);
  private readonly limit: number;

  constructor(
    @InjectModel(LoginAttemptsRecord.name) private readonly model: Model<LoginAttemptsRecord>,
    private readonly clock: Clock,
    { FAILED_LOGINS_PER_MINUTE }: GatewayConfig,
  ) {
    this.limit = FAILED_LOGINS_PER_MINUTE;
  }

  async onModuleInit(): Promise<void> {
    await this.model.createCollection();
    await this.model.createIndexes();
  }

  /** Judges a password if one more may be, else throws `RATE_LIMITED`. What fails otherwise than by being wrong is not counted. */
  async attempt<T>(tried: Tried, judge: () => Promise<T>, isWrong: (error: unknown) => boolean): Promise<T> {
    const key = keyOf(tried);
    const id = newId();
    await this.take(key, id);
    let result: T;
    try {
      result = await judge();
    } catch (error) {
      const settled = isWrong(error) ? this.fail(key, id) : this.free(key, id);
      // An attempt that cannot be settled counts as failed in time.
      await settled.catch((reason: unknown) => this.logger.warn({ reason: String(reason) }, 'an attempt to log in was not settled'));
      throw error;
    }
    await this.model.updateOne({ _id: key }, { $pull: { attempts: { failed: true } } });
    await this.free(key, id);
    return result;
  }

  private async take(key: string, id: string): Promise<void> {
    while (!(await this.push(key, id))) {
      const record = await this.model.findById(key, { attempts: 1 }).lean();
      if (!record || record.attempts.length < this.limit) continue;
      const now = this.clock.now();
      const standing = standingOf(record.attempts, now);
      if (standing.kind === 'refused') throw rateLimited('Too many failed logins. Try again later.', standing.retryAfterMs);
      if (standing.kind === 'stale') await this.model.updateOne({ _id: key }, { $pull: { attempts: { at: { $lte: staleBefore(now) } } } });
      else await delay(waitMs);
    }
  }

  /** Whether there was a place left. The condition and the change are one statement, so replicas cannot both have the last. */
  private async push(key: string, id: string): Promise<boolean> {
    const at = this.clock.now();
    try {
      const { matchedCount, upsertedCount } = await this.model.updateOne(
        { _id: key, [`attempts.${this.limit - 1}`]: { $exists: false } },
        { $push: { attempts: { id, at, failed: false } }, $set: { expiresAt: new Date(at.getTime() + windowMs) } },
        { upsert: true },
      );
      return matchedCount + upsertedCount > 0;
    } catch (error) {
      // It is full, or somebody made it at this moment.
      if (duplicateKey(error)) return false;
      throw error;
    }
  }

  private async fail(key: string, id: string): Promise<void> {
    await this.model.updateOne({ _id: key, 'attempts.id': id }, { $set: { 'attempts.$.failed': true } });
  }

  private async free(key: string, id: string): Promise<void> {
    await this.model.updateOne({ _id: key }, { $pull: { attempts: { id } } });
  }
}
