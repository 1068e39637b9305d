import { jetstreamManager } from '@nats-io/jetstream';
import { streamOf } from '@relevo/contracts';
import { type Stack, startStack } from '@relevo/local-stack';
import { deadLetterStream, type DurableEventsOptions, errorLedgerStream } from '../../src/index.js';
import { TestPublisher } from './publisher.js';
import { agentHandler, type Handle, type Replica, startReplica } from './replica.js';

/** A real NATS of its own, that a test may kill and start again, with whatever a test leaves running in it. */
export class TestBed {
  private replicas: Replica[] = [];

  private constructor(
    private readonly stack: Stack,
    readonly publisher: TestPublisher,
  ) {}

  static async start(): Promise<TestBed> {
    const stack = await startStack({ ephemeral: true, ignoreEnvironment: true, natsSilenceSeconds: 20 });
    return new TestBed(stack, await TestPublisher.connect(stack.nats.url));
  }

  get nats(): Stack['nats'] {
    return this.stack.nats;
  }

  replica(handle: Handle, options: Partial<DurableEventsOptions> = {}): Promise<Replica> {
    return this.replicaWith([agentHandler(handle)], options);
  }

  async replicaWith(controllers: Parameters<typeof startReplica>[1], options: Partial<DurableEventsOptions> = {}): Promise<Replica> {
    const replica = await startReplica(this.nats.url, controllers, options);
    this.replicas.push(replica);
    return replica;
  }

  /** After each test: no replica, no consumer and no event is left. */
  async clear(): Promise<void> {
    await Promise.all(this.replicas.map(({ app }) => app.close()));
    this.replicas = [];
    const manager = await jetstreamManager(this.publisher.nats);
    for await (const { name } of manager.consumers.list(streamOf.internal)) await manager.consumers.delete(streamOf.internal, name);
    for (const stream of [streamOf.internal, deadLetterStream, errorLedgerStream]) await manager.streams.purge(stream);
  }

  async stop(): Promise<void> {
    await this.publisher.close();
    await this.stack.stop();
  }
}
