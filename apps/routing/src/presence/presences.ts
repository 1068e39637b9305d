import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { AppError, type ReportPresence, type SetStatus } from '@relevo/contracts';
import { Clock, duplicateKey } from '@relevo/platform';
import type { Connection, mongo } from 'mongoose';
import type { PresenceRecord, Told } from './presence.js';

/** Who is connected where, when they last did something, and what they chose; one small record for each agent. */
@Injectable()
export class Presences implements OnModuleInit {
  private readonly records: mongo.Collection<PresenceRecord>;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly clock: Clock,
  ) {
    this.records = connection.collection<PresenceRecord>('presence');
  }

  async onModuleInit(): Promise<void> {
    await this.records.createIndex({ lookAt: 1 }, { sparse: true });
    await this.records.createIndex({ 'connections.gateway': 1 });
  }

  find(agentId: string): Promise<PresenceRecord | null> {
    return this.records.findOne({ _id: agentId });
  }

  async findAll(agentIds: readonly string[]): Promise<Map<string, PresenceRecord>> {
    const found = await this.records.find({ _id: { $in: [...agentIds] } }).toArray();
    return new Map(found.map((record) => [record._id, record]));
  }

  /**
   * Keeps of each gateway what it said last. Three writes for an agent, each whole in itself, in this order: that there is
   * a record, what it says of the gateway, and the gateway's first word.
   */
  async report({ gatewayId: gateway, seq, agents }: ReportPresence): Promise<void> {
    const now = this.clock.now();
    await this.ensure(agents, new Date(0));
    await this.records.bulkWrite(
      agents.flatMap(({ agentId: _id, connected, active }): mongo.AnyBulkWriteOperation<PresenceRecord>[] => [
        {
          updateOne: {
            filter: { _id, connections: { $elemMatch: { gateway, seq: { $lt: seq } } } },
            update: { $set: { 'connections.$.seq': seq, 'connections.$.connected': connected }, $inc: { version: 1 } },
          },
        },
        // A connection that never was needs no mention.
        ...(connected
          ? [{ updateOne: { filter: { _id, 'connections.gateway': { $ne: gateway } }, update: { $push: { connections: { gateway, seq, connected } }, $inc: { version: 1 } } } }]
          : []),
        ...(active ? [{ updateOne: { filter: { _id }, update: { $max: { activeAt: now }, $inc: { version: 1 } } } }] : []),
      ]),
    );
  }

  /** Something else that is told of an agent changed: what was concluded before holds no more. */
  async touch(agentId: string, workspaceId: string): Promise<void> {
    await this.ensure([{ agentId, workspaceId }], new Date(0));
    await this.records.updateOne({ _id: agentId }, { $inc: { version: 1 } });
  }

  /** The last of an agent's own choices; under one `commandId` there is one. */
  async choose(agentId: string, workspaceId: string, { commandId, status }: SetStatus): Promise<void> {
    const now = this.clock.now();
    await this.ensure([{ agentId, workspaceId }], now);
    const choice = { commandId, status };
    const { matchedCount } = await this.records.updateOne(
      { _id: agentId, 'choice.commandId': { $ne: commandId } },
      { $set: { away: status === 'away', choice }, $max: { activeAt: now }, $inc: { version: 1 } },
    );
    if (matchedCount === 1) return;
    const last = await this.find(agentId);
    if (last?.choice?.commandId === commandId && last.choice.status !== status) {
      throw new AppError('CONFLICT', 'This commandId was used for another command.', { details: { commandId: 'reused' } });
    }
  }

  /** Writes what was concluded from a record; false when it has changed since. */
  async conclude({ _id, version }: PresenceRecord, { tell, lookAt }: { tell?: Told; lookAt?: Date }): Promise<boolean> {
    const set = { ...(tell && { told: tell }), ...(lookAt && { lookAt }) };
    const { matchedCount } = await this.records.updateOne(
      { _id, version },
      { ...(Object.keys(set).length > 0 && { $set: set }), ...(!lookAt && { $unset: { lookAt: '' } }), $inc: { version: 1 } },
    );
    return matchedCount === 1;
  }

  /** Whoever looks next looks at once. */
  async lookAgain(agentId: string): Promise<void> {
    await this.records.updateOne({ _id: agentId }, { $set: { lookAt: this.clock.now() } });
  }

  /** Agents whose time has come; those that wait longest first. */
  async due(limit: number): Promise<string[]> {
    const found = await this.records
      .find({ lookAt: { $lte: this.clock.now() } }, { projection: { _id: 1 } })
      .sort({ lookAt: 1 })
      .limit(limit)
      .toArray();
    return found.map(({ _id }) => _id);
  }

  /** Takes a gateway off some of its agents, who are answered. */
  async disconnect(gateway: string, limit: number): Promise<string[]> {
    const found = await this.records.find({ 'connections.gateway': gateway }, { projection: { _id: 1 } }).limit(limit).toArray();
    const ids = found.map(({ _id }) => _id);
    // What is to be told of it is found again, should this replica die now.
    const change = { $pull: { connections: { gateway } }, $set: { lookAt: this.clock.now() }, $inc: { version: 1 } };
    if (ids.length > 0) await this.records.updateMany({ _id: { $in: ids } }, change);
    return ids;
  }

  private async ensure(agents: readonly { agentId: string; workspaceId: string }[], activeAt: Date): Promise<void> {
    if (agents.length === 0) return;
    try {
      await this.records.bulkWrite(
        agents.map(({ agentId, workspaceId }) => ({
          updateOne: {
            filter: { _id: agentId },
            update: { $setOnInsert: { workspaceId, version: 1, connections: [], activeAt, away: false } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    } catch (error) {
      // Somebody else made it meanwhile.
      if (!duplicateKey(error)) throw error;
    }
  }
}
