import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ServiceName, seedWorkspace, startTestSystem, type StoredConversations, type TestSystem } from '@relevo/testing';
import { bounded } from '../support/bounded.js';
import { type ChannelKey, OutsideAgent, postInbound } from '../support/outsider.js';

/** How far the clock of every second machine is ahead of the others. */
const wrongByMs = 10 * 60 * 1000;
const onWrongMachines: readonly ServiceName[] = ['scheduler', 'conversations', 'channels'];
export const toleranceMs = 60 * 60 * 1000;

/** A conversation that waits to become due. */
export interface Idle {
  readonly id: string;
  readonly channel: ChannelKey;
  readonly externalId: string;
  readonly lastInteractionAt: number;
}

/** Two replicas of whatever decides or asks when a conversation closes, the second ones on machines whose clock is wrong. */
export class Stage {
  private constructor(
    readonly system: TestSystem,
    readonly stored: StoredConversations,
    readonly agent: OutsideAgent,
    private readonly channels: { readonly shop: ChannelKey; readonly bot: ChannelKey },
    private readonly clockAheadMs: number,
  ) {}

  static async start(): Promise<Stage> {
    const system = await startTestSystem({
      replicas: { gateway: 2, conversations: 2, channels: 2, scheduler: 2 },
      env: { AUTOMATIC_CLOSE_INTERVAL_MS: '100', SENDS_PER_SECOND: '1000000', SENDS_BURST: '1000000', INBOUND_PER_SECOND: '1000000', INBOUND_BURST: '1000000' },
      replicaEnv: (service, replica): Record<string, string> =>
        replica === 2 && onWrongMachines.includes(service) ? { NODE_OPTIONS: `--import=${pathToFileURL(join(__dirname, 'wrong-clock.mjs')).href}`, CLOCK_WRONG_BY_MS: String(wrongByMs) } : {},
    });
    try {
      const { agents, channels } = await seedWorkspace(system, { agents: { ana: { role: 'admin' } }, channels: { shop: {}, bot: { bot: true } } });
      const agent = await OutsideAgent.signIn(system.gatewayUrl(), agents.ana);
      await agent.call('PATCH', '/policy', { toleranceHours: toleranceMs / 3_600_000 });
      const stored = await system.storedConversations();
      return new Stage(system, stored, agent, channels, await stored.clockAheadMs());
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  /** By the database's clock. */
  now(): number {
    return Date.now() + this.clockAheadMs;
  }

  /** By how much each machine's clock is ahead of the first one's, in minutes, by what their processes say of their start: they were started at once. */
  async minutesAhead(service: ServiceName): Promise<number[]> {
    const startedAt = await Promise.all([1, 2].map((replica) => this.metric(service, replica, 'process_start_time_seconds')));
    return startedAt.map((seconds) => Math.round((seconds - startedAt[0]!) / 60));
  }

  /** How often each of the two schedulers has asked for closes, while it had the lease. */
  async closingRuns(): Promise<number[]> {
    return Promise.all([1, 2].map((replica) => this.metric('scheduler', replica, 'relevo_automatic_close_runs_total')));
  }

  /** Conversations in every tray, that no replica has in memory. */
  async idleConversations(count: number): Promise<Idle[]> {
    const idle = await bounded(Array.from({ length: count }, (_, index) => index), (index) => this.anIdleConversation(index));
    await Promise.all([1, 2].map((replica) => this.system.running.restart('conversations', replica)));
    return idle;
  }

  async stop(): Promise<void> {
    await this.stored.close();
    await this.system.stop();
  }

  private async anIdleConversation(index: number): Promise<Idle> {
    const channel = index % 4 === 0 ? this.channels.bot : this.channels.shop;
    const externalId = `+5493${index}`;
    const { body } = await postInbound(this.system.gatewayUrl(1 + (index % 2)), channel, externalId, 'hola');
    const path = `/conversations/${body.conversationId}`;
    if (index % 4 > 1) await this.agent.call('POST', `${path}/claim`);
    if (index % 4 > 2) await this.agent.call('POST', `${path}/messages`, { text: 'dígame' });
    const { body: conversation } = await this.agent.call<{ lastInteractionAt: string }>('GET', path);
    return { id: body.conversationId, channel, externalId, lastInteractionAt: Date.parse(conversation.lastInteractionAt) };
  }

  private async metric(service: ServiceName, replica: number, name: string): Promise<number> {
    const { url } = this.system.running.processes.find((each) => each.service === service && each.replica === replica)!;
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  }
}
