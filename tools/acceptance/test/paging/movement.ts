import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestSystem } from '@relevo/testing';
import { type Answer, type ChannelKey, type OutsideAgent, postInbound } from '../support/outsider.js';

export interface MovingConversation {
  readonly id: string;
  readonly channel: ChannelKey;
  readonly externalId: string;
}

/** More than this without an answer, and the machine is too slow to be asked for more. */
const maxUnanswered = 25;
/** Of the messages, that are a supervisor's answer; the others are the customer's. */
const answeredEvery = 3;
/** With every such message the conversation changes teams as well. */
const transferredEvery = 10;

/** Messages in some conversations, so many a second through both gateways, that move them in every order. */
export class Movement {
  private messages = 0;
  private readonly settled = new EventEmitter<{ one: [] }>();
  private readonly stopping = new AbortController();
  private readonly unanswered = new Set<Promise<void>>();
  private readonly failures: unknown[] = [];
  private readonly running: Promise<void>;

  constructor(
    private readonly system: TestSystem,
    private readonly supervisor: OutsideAgent,
    private readonly moving: readonly MovingConversation[],
    private readonly teamIds: readonly string[],
    private readonly perSecond: number,
    /** Where the one before ended: whom it moves where follows from that. */
    private next: number,
  ) {
    this.running = this.run();
  }

  /** Resolves, with where the next one begins, when everything begun is acknowledged; rejects where something was refused. */
  async stop(): Promise<number> {
    this.stopping.abort();
    await this.running;
    await Promise.all(this.unanswered);
    if (this.failures.length > 0) throw this.failures[0];
    return this.next;
  }

  /** Resolves when so many more of them are acknowledged; rejects when one was refused. */
  async further(count: number): Promise<void> {
    const until = this.messages + count;
    while (this.messages < until) {
      if (this.failures.length > 0) throw this.failures[0];
      await once(this.settled, 'one');
    }
  }

  private async run(): Promise<void> {
    const startedAt = performance.now();
    for (let begun = 0; !this.stopping.signal.aborted; begun += 1) {
      const early = startedAt + (begun * 1_000) / this.perSecond - performance.now();
      if (early > 0) await pause(early);
      if (this.unanswered.size >= maxUnanswered) await Promise.race(this.unanswered);
      const message = this.write(this.next++)
        .catch((error: unknown) => void this.failures.push(error))
        .finally(() => {
          this.unanswered.delete(message);
          this.settled.emit('one');
        });
      this.unanswered.add(message);
    }
  }

  private async write(index: number): Promise<void> {
    const { id, channel, externalId } = this.moving[index % this.moving.length]!;
    const supervisor = this.supervisor.at(this.system.gatewayUrl(1 + (index % 2)));
    const [text, key] = [`mensaje ${index}`, randomUUID()];
    const command = (what: string, body: object) => supervisor.call('POST', `/conversations/${id}/${what}`, body, `${what}-${key}`);
    await acknowledged(() => (index % answeredEvery === 0 ? command('messages', { text }) : postInbound(supervisor.gatewayUrl, channel, externalId, text, key)));
    this.messages += 1;
    if (index % transferredEvery === 0) await acknowledged(() => command('transfer', { teamId: this.teamIds[(index / transferredEvery) % this.teamIds.length] }));
  }
}

/** Asks again what a busy machine did not answer in time, as any client does: commands say who they are. */
export async function acknowledged<T>(ask: () => Promise<Answer<T>>): Promise<T> {
  for (;;) {
    const { status, body } = await ask();
    if (status < 300) return body;
    if (status < 500) throw new Error(`refused: ${JSON.stringify(body)}`);
  }
}
