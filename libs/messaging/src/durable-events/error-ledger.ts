import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { AppError } from '@relevo/contracts';
import { errorLedgerStream, errorLedgerSubject } from '../streams.js';

/** Whatever JetStream says when it cannot keep a count, it is not the handler's error. */
function outOfReach(cause: unknown): never {
  throw new AppError('UNAVAILABLE', 'The count of errors cannot be reached now.', { cause });
}

/**
 * How often an event failed by its handler's own fault, for events that come more than once. While a replica holds an
 * event it counts in memory; the ledger is for the next one, when a replica dies or hands the event back: the count is
 * raised before a try and taken back after any other end than an own error. So a handler that kills its process is
 * counted too, and time spent waiting for something out of reach is not, however often it is interrupted.
 */
export class ErrorLedger {
  constructor(
    private readonly client: JetStreamClient,
    private readonly manager: JetStreamManager,
    private readonly durable: string,
  ) {}

  async read(event: string): Promise<number> {
    const entry = await this.manager.direct
      .getMessage(errorLedgerStream, { last_by_subj: errorLedgerSubject(this.durable, event) })
      .catch(outOfReach);
    return entry ? Number(entry.string()) || 0 : 0;
  }

  async write(event: string, errors: number): Promise<void> {
    await this.client.publish(errorLedgerSubject(this.durable, event), String(errors)).catch(outOfReach);
  }
}
