import { Injectable } from '@nestjs/common';
import type { ConversationState } from '../conversation/conversation.js';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { ConversationWords } from '../search/conversation-words.js';
import { marks } from '../search/found-by.js';

/** The one conversation in which a message refers to a file. */
@Injectable()
export class AttachmentPlaces {
  constructor(
    private readonly words: ConversationWords,
    private readonly journal: ConversationJournal,
  ) {}

  /** Null while there is none; whoever was told of a message finds its files. */
  async find(workspaceId: string, attachmentId: string): Promise<{ conversationId: string; state: ConversationState } | null> {
    const [place] = await this.words.having(workspaceId, [marks.attachment(attachmentId)])(null, 1);
    return place ? { conversationId: place.id, state: await this.journal.get(place.id) } : null;
  }
}
