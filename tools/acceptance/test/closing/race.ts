import { randomUUID } from 'node:crypto';
import { setTimeout as until } from 'node:timers/promises';
import { Aim } from '../support/aim.js';
import { bounded } from '../support/bounded.js';
import { postInbound } from '../support/outsider.js';
import { type Idle, type Stage, toleranceMs } from './stage.js';
import { faultsOf, type Raced, type RacedConversation, type WrittenMessage } from './verdict.js';

/** From making a conversation nearly due to its being due: long enough for that to be stored. */
const headStartMs = 250;
const width = 6;

export interface Races {
  /** Went on with the message. */
  readonly kept: number;
  /** Closed before the message, which opened another. */
  readonly reopened: number;
  /** How long those were closed when the message came: of the one in the middle. */
  readonly medianLeadMs: number;
  readonly faults: readonly string[];
}

/** Makes conversations due one after the other and writes to each at the very instant. */
export class ClosingRace {
  /** After the instant at which a conversation is due. */
  private readonly aim = new Aim(4, [-100, 20_000]);

  constructor(private readonly stage: Stage) {}

  async run(idle: readonly Idle[]): Promise<Races> {
    const raced = await bounded(idle, async (each) => ({ idle: each, written: await this.race(each) }), width);
    const found = await bounded(raced, async ({ idle: each, written }) => this.found(each, written));
    const kept = found.filter(({ firstId, written }) => written[0]!.places[0]!.conversationId === firstId);
    const leads = found.filter((each) => !kept.includes(each)).map(leadOf).sort((a, b) => a - b);
    return { kept: kept.length, reopened: leads.length, medianLeadMs: leads[leads.length >> 1] ?? NaN, faults: found.flatMap(faultsOf) };
  }

  private async race({ id, channel, externalId, lastInteractionAt }: Idle): Promise<WrittenMessage[]> {
    const dueAt = this.stage.now() + headStartMs;
    await this.stage.stored.moveBack(id, lastInteractionAt + toleranceMs - dueAt);
    await until(Math.max(0, dueAt + this.aim.ms - this.stage.now()));
    // One through both gateways at once, as a channel does that got no answer, and another beside it.
    const written = await Promise.all([this.write([1, 2], channel, externalId), this.write([2], channel, externalId)]);
    this.aim.follow(written[0].places[0]!.conversationId === id);
    return written;
  }

  /** One message, at each of these gateways, repeated with the same id until it is acknowledged. */
  private async write(gateways: readonly number[], channel: Idle['channel'], externalId: string): Promise<WrittenMessage> {
    const [text, externalMessageId, sentAt] = [randomUUID(), randomUUID(), this.stage.now()];
    const places = gateways.map(async (gateway) => {
      for (;;) {
        const { status, body } = await postInbound(this.stage.system.gatewayUrl(gateway), channel, externalId, text, externalMessageId);
        if (status === 202) return { conversationId: body.conversationId, seq: body.seq };
        if (status < 500) throw new Error(`refused: ${JSON.stringify(body)}`);
      }
    });
    return { text, sentAt, places: await Promise.all(places), acknowledgedAt: this.stage.now() };
  }

  /** Every conversation that the customer has, and any other that a message was said to be in. */
  private async found({ id }: Idle, written: readonly WrittenMessage[]): Promise<Raced> {
    const first = await this.conversation(id);
    const ids = new Set([id, ...written.flatMap(({ places }) => places.map(({ conversationId }) => conversationId))]);
    for (const status of ['active', 'closed']) {
      const { body } = await this.stage.agent.call<{ items: { id: string }[] }>('GET', `/conversations?tray=all&status=${status}&customerId=${first.customer.id}`);
      for (const each of body.items) ids.add(each.id);
    }
    return { firstId: id, toleranceMs, written, conversations: await Promise.all([...ids].map((each) => this.conversation(each))) };
  }

  private async conversation(id: string): Promise<RacedConversation> {
    const { body } = await this.stage.agent.call<Omit<RacedConversation, 'timeline'>>('GET', `/conversations/${id}`);
    return { ...body, timeline: (await this.stage.agent.timeline(id)) as unknown as RacedConversation['timeline'] };
  }
}

/** From the close of the first conversation to when the message found it closed. */
function leadOf({ firstId, conversations }: Raced): number {
  const { timeline } = conversations.find(({ id }) => id === firstId)!;
  const timeOf = (type: string): number => Date.parse(timeline.find((entry) => entry.type === type)?.at ?? '');
  return timeOf('superseded') - timeOf('closed');
}
