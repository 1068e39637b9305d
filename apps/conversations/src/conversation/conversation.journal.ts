import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type ConversationSort, conversationSorts, type CustomerSummary, queueOf, statuses, type Tray, trays } from '@relevo/contracts';
import { Journal, type Projection, type ProjectionIndex } from '@relevo/journal';
import { EventPublisher } from '@relevo/messaging';
import { Clock, digestId } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { activityOrderOf } from '../lists/orders.js';
import { after, type Position } from '../lists/position.js';
import { mentionsOf, type Source } from '../lists/sources.js';
import { Policies } from '../policy/policies.js';
import { ConversationWords } from '../search/conversation-words.js';
import type { ConversationCommand, ConversationEntry, ConversationState } from './conversation.js';
import { decide } from './decide.js';
import { toEvents } from './events.js';
import { fold } from './fold.js';

/** The identity whose conversations are counted: one customer on one channel. */
export const identityKeyOf = (workspaceId: string, channelId: string, externalId: string): string =>
  digestId('identity', workspaceId, channelId, externalId);

/** A conversation's id follows from its identity and ordinal, so that two first messages open one conversation. */
export const conversationIdOf = (identityKey: string, ordinal: number): string => digestId('conversation', identityKey, ordinal);

@Injectable()
export class ConversationJournal extends Journal<ConversationState, ConversationEntry, ConversationCommand> {
  constructor(
    @InjectConnection() connection: Connection,
    clock: Clock,
    publisher: EventPublisher,
    policies: Policies,
    private readonly words: ConversationWords,
  ) {
    super(
      {
        noun: 'conversation',
        decide,
        fold,
        toEvents: (before, after, entry) => toEvents(before, after, entry, policies.toleranceMs(entry.workspaceId)),
        indexes: [
          ...conversationSorts.flatMap((sort) => {
            // A list is one query per visible team and tray, per assignee, or per tray for whoever sees all; of what few
            // conversations have in common, a query of its own.
            const order: ProjectionIndex['key'] = { [`orders.${sort}`]: 1, _id: 1 };
            const only = { direction: 'outbound' };
            const mentioning = { hasMentions: true };
            return [
              { key: { workspaceId: 1, status: 1, tray: 1, queue: 1, ...order } },
              { key: { workspaceId: 1, status: 1, assigneeId: 1, ...order } },
              { key: { workspaceId: 1, status: 1, tray: 1, ...order } },
              { key: { workspaceId: 1, status: 1, tagIds: 1, ...order } },
              { key: { workspaceId: 1, status: 1, 'customer.id': 1, ...order } },
              { key: { workspaceId: 1, status: 1, queue: 1, ...order }, only },
              { key: { workspaceId: 1, status: 1, ...order }, only },
              { key: { workspaceId: 1, status: 1, 'mentions.agentId': 1, ...order }, only: mentioning },
            ] as const;
          }),
          // The latest conversation of an identity.
          { key: { identityKey: 1, ordinal: -1 } },
        ],
      },
      connection,
      clock,
      publisher,
    );
  }

  /** Who is answered finds by search what they wrote. */
  protected override async derive(state: ConversationState, entries: readonly ConversationEntry[]): Promise<void> {
    const [entry] = entries;
    if (entry) await this.words.keep(entry.aggregateId, state, entries);
  }

  /** The ordinal of the identity's latest conversation; 0 when there is none. A hint: a crash may have hidden a later one. */
  async latestOrdinal(identityKey: string): Promise<number> {
    const latest = await this.store.projections.findOne({ identityKey }, { sort: { ordinal: -1 }, projection: { ordinal: 1 } });
    return (latest as { ordinal?: number } | null)?.ordinal ?? 0;
  }

  /** Whether any active conversation is a team's: at most one key is looked at in each tray. */
  async isTeamInUse(workspaceId: string, teamId: string): Promise<boolean> {
    const found = await Promise.all(trays.map((tray) => this.store.projections.findOne({ workspaceId, status: 'active', tray, queue: queueOf(teamId) }, { projection: { _id: 1 } })));
    return found.some((one) => one !== null);
  }

  /** Conversations of any of these customers where they are not called what they are now. In no order: whoever tells them asks again. */
  async ofCustomers(workspaceId: string, customerIds: readonly string[], now: CustomerSummary, limit: number): Promise<{ id: string; customer: CustomerSummary }[]> {
    const found = await Promise.all(
      customerIds.flatMap((id) =>
        statuses.map((status) => {
          const another = id === now.id ? { 'customer.name': { $ne: now.name } } : {};
          return this.store.projections.find({ workspaceId, status, 'customer.id': id, ...another }, { projection: { customer: 1 } }).limit(limit).toArray();
        }),
      ),
    );
    return (found.flat() as unknown as Pick<Projection<ConversationState>, '_id' | 'customer'>[]).slice(0, limit).map(({ _id, customer }) => ({ id: _id, customer }));
  }

  /** Active conversations of a workspace without an interaction since then; the oldest of each tray first. */
  async idleSince(workspaceId: string, since: Date, limit: number): Promise<{ id: string; seq: number }[]> {
    const due = await Promise.all(trays.map((tray) => this.idleSinceQuery(workspaceId, tray, since, limit).toArray()));
    return due.flat().slice(0, limit).map(({ _id, seq }) => ({ id: _id, seq }));
  }

  /** The query itself, so that its plan can be looked at; its cost grows with what is due, not with what is open. */
  idleSinceQuery(workspaceId: string, tray: Tray, since: Date, limit: number) {
    return this.store.projections
      .find({ workspaceId, status: 'active', tray, 'orders.activity': { $gte: activityOrderOf(since) } }, { projection: { seq: 1 } })
      .sort({ 'orders.activity': -1, _id: -1 })
      .limit(limit);
  }

  /** A page of one indexed query in an order of the lists. */
  async inOrder(source: Source, sort: ConversationSort, position: Position | null, limit: number): Promise<Projection<ConversationState>[]> {
    return (await this.inOrderQuery(source, sort, position, limit).toArray()) as Projection<ConversationState>[];
  }

  /** The query itself, so that its plan can be looked at. */
  inOrderQuery(source: Source, sort: ConversationSort, position: Position | null, limit: number) {
    const filter = position === null ? [source] : [source, after(sort, position)];
    return this.store.projections
      .find({ $and: filter })
      .sort({ [`orders.${sort}`]: 1, _id: 1 })
      .limit(limit);
  }

  /** How many of a source there are, up to a bound, which is what it costs at most. */
  async countUpTo(source: Source, bound: number): Promise<number> {
    const [found] = await this.countQuery(source, bound).toArray();
    return found?.count ?? 0;
  }

  /** The query itself, so that its plan can be looked at. */
  countQuery(source: Source, bound: number) {
    return this.store.projections.aggregate<{ count: number }>([{ $match: source }, { $limit: bound }, { $count: 'count' }]);
  }

  /** What is active and assigned to an agent, and as of which entry; up to a bound. */
  async heldBy(workspaceId: string, agentId: string, bound: number): Promise<{ conversationId: string; seq: number; agentId: string }[]> {
    const found = await this.store.projections.find({ workspaceId, status: 'active', assigneeId: agentId }, { projection: { seq: 1 } }).limit(bound).toArray();
    return found.map(({ _id, seq }) => ({ conversationId: _id, seq, agentId }));
  }

  /** What is active and assigned to an agent, as far as it is counted; up to a bound. */
  async ownOf(workspaceId: string, agentId: string, bound: number): Promise<Pick<ConversationState, 'queue' | 'status' | 'unread' | 'marked'>[]> {
    return (await this.ownQuery(workspaceId, agentId, bound).toArray()) as unknown as ConversationState[];
  }

  /** The query itself, so that its plan can be looked at. */
  ownQuery(workspaceId: string, agentId: string, bound: number) {
    return this.store.projections
      .find({ workspaceId, status: 'active', assigneeId: agentId }, { projection: { queue: 1, status: 1, unread: 1, marked: 1 } })
      .limit(bound);
  }

  /** What has notes that name an agent and that they have not seen, as far as it is counted; up to a bound. */
  async mentioning(workspaceId: string, agentId: string, bound: number): Promise<Pick<ConversationState, 'queue' | 'assigneeId'>[]> {
    return (await this.mentioningQuery(workspaceId, agentId, bound).toArray()) as unknown as ConversationState[];
  }

  /** The query itself, so that its plan can be looked at. */
  mentioningQuery(workspaceId: string, agentId: string, bound: number) {
    return this.store.projections
      .find({ workspaceId, status: { $in: [...statuses] }, ...mentionsOf(agentId) }, { projection: { queue: 1, assigneeId: 1 } })
      .limit(bound);
  }
}
