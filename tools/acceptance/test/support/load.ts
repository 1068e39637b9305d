import { randomUUID } from 'node:crypto';
import { type OutsideAgent, postInbound } from './outsider.js';
import type { System } from './system.js';

export interface Acknowledged {
  conversationId: string;
  seq: number;
  text: string;
}

/** Customers who write one message after the other, each repeated until it is acknowledged, as any sound client does. */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  /** How often a message had to be sent again: shows that an outage was felt. */
  repeats = 0;
  private writing = false;
  private writers: Promise<void>[] = [];
  private waiting: { count: number; resolve: () => void }[] = [];

  constructor(
    private readonly system: System,
    private readonly agent: OutsideAgent,
    private readonly customers: number,
  ) {}

  start(): void {
    this.writing = true;
    this.writers = Array.from({ length: this.customers }, (_, index) => this.write(`+54${index}${randomUUID().slice(0, 8)}`));
  }

  /** Resolves when so many more messages were acknowledged. */
  acknowledgedMore(count: number): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ count: this.acknowledged.length + count, resolve }));
  }

  async stop(): Promise<void> {
    this.writing = false;
    await Promise.all(this.writers);
  }

  /** One message, repeated with the same id until it is acknowledged. */
  async once(externalId: string): Promise<Acknowledged> {
    const [text, externalMessageId] = [randomUUID(), randomUUID()];
    for (;;) {
      const answer = await postInbound(this.agent.gatewayUrl, this.system.channel, externalId, text, externalMessageId);
      if (answer.status === 202) return { ...answer.body, text };
      if (answer.status < 500) throw new Error(`refused: ${JSON.stringify(answer.body)}`);
      this.repeats += 1;
      // Being away is answered at once; asking again without a breath would only heat the machine.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private async write(externalId: string): Promise<void> {
    while (this.writing) {
      this.acknowledged.push(await this.once(externalId));
      this.waiting = this.waiting.filter(({ count, resolve }) => {
        if (this.acknowledged.length < count) return true;
        resolve();
        return false;
      });
    }
  }
}
