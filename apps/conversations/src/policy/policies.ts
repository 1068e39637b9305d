import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { duplicateKey } from '@relevo/platform';
import { type Connection, type mongo } from 'mongoose';

/** What a workspace decided about its conversations. */
interface PolicyRecord {
  /** The workspace's id. */
  _id: string;
  /** Hours without an interaction after which a conversation closes by itself: 1 to 168 (product rule "Close"). */
  toleranceHours: number;
}

export const defaultToleranceHours = 24;
const hourMs = 60 * 60 * 1000;
const refreshMs = 5_000;

/** All workspaces' policies, in memory; a change elsewhere is seen within 5 s. */
@Injectable()
export class Policies implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Policies.name);
  private readonly records: mongo.Collection<PolicyRecord>;
  private known = new Map<string, PolicyRecord>();
  private timer?: NodeJS.Timeout;

  constructor(@InjectConnection() connection: Connection) {
    this.records = connection.collection<PolicyRecord>('policies');
  }

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
    return (this.known.get(workspaceId)?.toleranceHours ?? defaultToleranceHours) * hourMs;
  }

  /** Every workspace that ever had a conversation, so that the automatic close can go through them. */
  async workspaces(): Promise<string[]> {
    await this.refresh();
    return [...this.known.keys()];
  }

  /** Makes the workspace known, before its first conversation is. */
  async ensure(workspaceId: string): Promise<void> {
    if (this.known.has(workspaceId)) return;
    const record = { _id: workspaceId, toleranceHours: defaultToleranceHours };
    try {
      await this.records.insertOne(record);
    } catch (error) {
      if (!duplicateKey(error)) throw error;
    }
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    const records = await this.records.find().toArray();
    this.known = new Map(records.map((record) => [record._id, record]));
  }
}
