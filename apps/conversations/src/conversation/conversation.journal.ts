import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Journal, type Projection } from '@relevo/journal';
import { EventPublisher } from '@relevo/messaging';
import { Clock, digestId } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { after, type Position, type Source } from '../lists/waiting-list.js';
import { Policies } from '../policy/policies.js';
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
  constructor(@InjectConnection() connection: Connection, clock: Clock, publisher: EventPublisher, policies: Policies) {
    super(
      {
        noun: 'conversation',
        decide,
        fold,
        toEvents: (before, after, entry) => toEvents(before, after, entry, policies.toleranceMs(entry.workspaceId)),
        indexes: [
          // A list is one query per visible team and tray, per assignee, or per tray for whoever sees all.
          { key: { workspaceId: 1, status: 1, tray: 1, teamId: 1, waitingOrder: 1, _id: 1 } },
          { key: { workspaceId: 1, status: 1, assigneeId: 1, waitingOrder: 1, _id: 1 } },
          { key: { workspaceId: 1, status: 1, tray: 1, waitingOrder: 1, _id: 1 } },
          // The latest conversation of an identity.
          { key: { identityKey: 1, ordinal: -1 } },
          // What is due to close: grows with what is due, not with what is open.
          { key: { workspaceId: 1, status: 1, lastInteractionAt: 1, _id: 1 } },
        ],
      },
      connection,
      clock,
      publisher,
    );
  }

  /** The ordinal of the identity's latest conversation; 0 when there is none. A hint: a crash may have hidden a later one. */
  async latestOrdinal(identityKey: string): Promise<number> {
    const latest = await this.store.projections.findOne({ identityKey }, { sort: { ordinal: -1 }, projection: { ordinal: 1 } });
    return (latest as { ordinal?: number } | null)?.ordinal ?? 0;
  }

  /** Active conversations of a workspace without an interaction since then, oldest first. */
  async idleSince(workspaceId: string, since: Date, limit: number): Promise<{ id: string; seq: number }[]> {
    const due = await this.store.projections
      .find({ workspaceId, status: 'active', lastInteractionAt: { $lte: since } }, { projection: { seq: 1 } })
      .sort({ lastInteractionAt: 1, _id: 1 })
      .limit(limit)
      .toArray();
    return due.map(({ _id, seq }) => ({ id: _id, seq }));
  }

  /** A page of one indexed query in the waiting order, ties broken by id. */
  async inWaitingOrder(source: Source, position: Position | null, limit: number): Promise<Projection<ConversationState>[]> {
    return (await this.inWaitingOrderQuery(source, position, limit).toArray()) as Projection<ConversationState>[];
  }

  /** The query itself, so that its plan can be looked at. */
  inWaitingOrderQuery(source: Source, position: Position | null, limit: number) {
    return this.store.projections
      .find({ ...source, ...(position && after(position)) })
      .sort({ waitingOrder: 1, _id: 1 })
      .limit(limit);
  }
}
