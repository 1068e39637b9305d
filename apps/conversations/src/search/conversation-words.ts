import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { SearchRecords } from '@relevo/journal';
import { type Connection } from 'mongoose';
import type { ConversationEntry, ConversationState } from '../conversation/conversation.js';
import { foundBy, searchOrderOf } from './found-by.js';

/** Which words are in which conversations. */
@Injectable()
export class ConversationWords extends SearchRecords implements OnModuleInit {
  constructor(@InjectConnection() connection: Connection) {
    super(connection, 'conversation_words');
  }

  onModuleInit(): Promise<void> {
    return this.create();
  }

  async keep(id: string, state: ConversationState, entries: readonly ConversationEntry[]): Promise<void> {
    const place = { order: searchOrderOf(state.number), id };
    await Promise.all(entries.map((entry) => this.record(state.workspaceId, place, foundBy(state, entry), entry.seq)));
  }
}
