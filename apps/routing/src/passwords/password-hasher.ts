import { Injectable } from '@nestjs/common';
import { AppError } from '@relevo/contracts';
import { RoutingConfig } from '../config.js';
import { hashPassword, matchesHash } from './password-hash.js';

/**
 * Hashing is costly on purpose, so only a few go on at once and only so many wait: a flood of logins costs its senders
 * an `UNAVAILABLE`, and the rest of the service keeps its cores and memory.
 */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly config: RoutingConfig) {}

  hash(password: string): Promise<string> {
    return this.inTurn(() => hashPassword(password));
  }

  matches(password: string, hash: string): Promise<boolean> {
    return this.inTurn(() => matchesHash(password, hash));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.config.PASSWORD_CONCURRENCY) this.running += 1;
    else if (this.waiting.length >= this.config.PASSWORD_QUEUE) throw new AppError('UNAVAILABLE', 'Too many logins at once. Try again.');
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Whoever is next takes this place over; only an unclaimed one is given back.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
