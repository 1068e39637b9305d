import { Injectable } from '@nestjs/common';
import type { ConversationChanged, ConversationView } from '@relevo/contracts';
import { Policies } from '../policy/policies.js';
import type { ConversationEntry, ConversationState } from './conversation.js';
import { entryViewOf, viewOf } from './view.js';

/** Views with what only the service knows: the workspace's tolerance. */
@Injectable()
export class ConversationViews {
  constructor(private readonly policies: Policies) {}

  conversation(id: string, state: ConversationState): ConversationView {
    return viewOf(id, state, this.policies.toleranceMs(state.workspaceId));
  }

  changed(id: string, state: ConversationState, entry: ConversationEntry | null): ConversationChanged {
    return { entry: entry && entryViewOf(entry), conversation: this.conversation(id, state) };
  }
}
