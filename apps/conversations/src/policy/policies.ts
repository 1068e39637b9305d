import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { EntryActor } from '@relevo/contracts';
import { type Append, naturalKey } from '@relevo/journal';
import { defaultPolicy, type PolicyCommand, policyIdOf, type PolicyState } from './policy.js';
import { PolicyJournal } from './policy.journal.js';

const hourMs = 60 * 60 * 1000;
const refreshMs = 5_000;

const system: EntryActor = { kind: 'system', id: 'conversations', name: 'Relevo' };

/** All workspaces' policies, in memory; a change by another replica is seen within 5 s. */
@Injectable()
export class Policies implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Policies.name);
  private known = new Map<string, PolicyState>();
  private timer?: NodeJS.Timeout;

  constructor(private readonly journal: PolicyJournal) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.timer = setInterval(() => {
      this.refresh().catch((error: unknown) => this.logger.warn(`keeps the policies it has: ${String(error)}`));
    }, refreshMs);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** How long a conversation may be idle before it closes by itself, in milliseconds. */
  toleranceMs(workspaceId: string): number {
    return (this.known.get(workspaceId) ?? defaultPolicy).toleranceHours * hourMs;
  }

  /** Straight from the database: what an admin has just forbidden is sent by no replica. */
  async allowsVoice(workspaceId: string): Promise<boolean> {
    return ((await this.journal.load(policyIdOf(workspaceId))) ?? defaultPolicy).voice;
  }

  /** Every workspace that ever had a conversation, so that the automatic close can go through them. */
  async workspaces(): Promise<string[]> {
    await this.refresh();
    return [...this.known.keys()];
  }

  /** Makes the workspace known, before its first conversation is. */
  async ensure(workspaceId: string): Promise<void> {
    if (!this.known.has(workspaceId)) await this.change({ workspaceId, command: { type: 'create', by: system }, ...naturalKey('policy', workspaceId) });
  }

  /** Answered with the policy as it is now, here at once. */
  async change(append: Omit<Append<PolicyCommand>, 'aggregateId'>): Promise<PolicyState> {
    const { state } = await this.journal.append({ ...append, aggregateId: policyIdOf(append.workspaceId) });
    this.known.set(append.workspaceId, state);
    return state;
  }

  private async refresh(): Promise<void> {
    const states = await this.journal.everywhere();
    this.known = new Map(states.map((state) => [state.workspaceId, state]));
  }
}
