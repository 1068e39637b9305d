import { type AgentActor, AppError, type EntryActor, type ErrorCode, type Role } from '@relevo/contracts';
import type { ConversationCommand, ConversationEntry, ConversationState, Opening } from '../src/conversation/conversation.js';
import { decide } from '../src/conversation/decide.js';
import { fold } from '../src/conversation/fold.js';

export const customer: EntryActor = { kind: 'customer', id: 'lucia', name: 'Lucía' };

export const anAgent = (id: string, more: { role?: Role; teamIds?: string[]; workspaceId?: string } = {}): AgentActor => ({
  kind: 'agent',
  workspaceId: 'sur',
  id,
  name: id,
  role: 'agent',
  teamIds: [],
  ...more,
});

/** The code with which something is refused; null when it is not. */
export function refusalOf(act: () => unknown): ErrorCode | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** Plays commands on one conversation as the journal would, a second apart. */
export class ConversationStory {
  state: ConversationState | null = null;
  readonly entries: ConversationEntry[] = [];
  private time = Date.UTC(2026, 0, 1);

  static opened(opening: Partial<Pick<Opening, 'startsIn' | 'teamId' | 'assigneeId' | 'direction'>> = {}): ConversationStory {
    const story = new ConversationStory();
    story.does({
      type: 'open',
      by: customer,
      channelId: 'api',
      externalId: '+541',
      identityKey: 'identity',
      ordinal: 1,
      number: 7,
      direction: 'inbound',
      customer: { id: 'lucia', name: 'Lucía' },
      customerVersion: 1,
      startsIn: 'unassigned',
      teamId: null,
      assigneeId: null,
      ...opening,
    });
    return story;
  }

  get now(): ConversationState {
    if (!this.state) throw new Error('nothing happened yet');
    return this.state;
  }

  /** Time of the next entry. */
  get next(): Date {
    return new Date(this.time + 1_000);
  }

  passes(ms: number): this {
    this.time += ms;
    return this;
  }

  does(command: ConversationCommand): ConversationEntry | null {
    this.time += 1_000;
    const at = new Date(this.time);
    const decision = decide(this.state, command, at);
    if (decision === null) return null;
    const seq = (this.state?.seq ?? 0) + 1;
    const entry = {
      _id: `c:${seq}`,
      aggregateId: 'c',
      workspaceId: 'sur',
      seq,
      commandKey: String(seq),
      fingerprint: null,
      at,
      ...decision,
      published: false,
      version: 1,
    } as ConversationEntry;
    this.entries.push(entry);
    this.state = fold(this.state, entry);
    return entry;
  }

  writes(text = 'hola'): ConversationEntry | null {
    return this.does({ type: 'receive', by: customer, text, attachments: [] });
  }

  answers(agent: AgentActor, text = 'buenas', seenSeq: number | null = null): ConversationEntry | null {
    return this.does({ type: 'send', agent, text, attachments: [], seenSeq });
  }
}
