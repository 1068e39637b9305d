import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type AgentEvent, type AgentView, routingEvents } from '@relevo/contracts';
import { DeadLetters, ensureStreams, EventPublisher } from '../../src/index.js';
import { patientOptions } from './replica.js';

/** What services wait for when they start. */
export async function makeStreams(url: string): Promise<void> {
  const nats = await connect(patientOptions('operator', url));
  await ensureStreams(nats);
  await nats.close();
}

/** Publishes changed agents, as routing would. */
export class TestPublisher {
  readonly deadLetters: DeadLetters;
  private readonly events: EventPublisher;
  private seq = 0;

  private constructor(readonly nats: NatsConnection) {
    this.events = new EventPublisher(nats, 100_000);
    this.deadLetters = new DeadLetters(nats);
  }

  static async connect(url: string): Promise<TestPublisher> {
    const nats = await connect({ ...patientOptions('publisher', url), reconnectTimeWait: 20 });
    await ensureStreams(nats);
    return new TestPublisher(nats);
  }

  /** The event is called `name`; those of one `aggregateId` are in the order of the calls. */
  async publish(name: string, aggregateId = name): Promise<void> {
    const payload: AgentEvent = { noun: 'agent', workspaceId: 'acme', agent: { name } as AgentView };
    await this.events.publish({ contract: routingEvents, workspaceId: 'acme', aggregateId, seq: ++this.seq, fact: 'agent-changed', payload });
  }

  async publishAll(names: readonly string[], aggregateOf: (name: string) => string = (name) => name): Promise<void> {
    await Promise.all(names.map((name) => this.publish(name, aggregateOf(name))));
  }

  close(): Promise<void> {
    return this.nats.close();
  }
}

export const numbered = (count: number, prefix = 'event'): string[] => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
