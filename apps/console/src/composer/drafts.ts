import type { Mentioned } from '../mentions/mentions';

export const modes = ['message', 'note'] as const;
export type Mode = (typeof modes)[number];

/** What somebody wrote and did not send. Messages and notes are apart: neither becomes the other by a change of mode. */
export interface Draft {
  readonly mode: Mode;
  readonly message: string;
  readonly note: string;
  /** Whom the writer chose; whose name stands in the note no more is not meant any more. */
  readonly mentions: readonly Mentioned[];
}

export const emptyDraft: Draft = { mode: 'message', message: '', note: '', mentions: [] };

const isEmpty = ({ message, note }: Draft): boolean => message === '' && note === '';

type Area = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const isMentioned = (value: unknown): value is Mentioned => typeof value === 'object' && value !== null && 'id' in value && 'name' in value && typeof value.id === 'string' && typeof value.name === 'string';

/** One for each agent and conversation, kept over reloads. */
export class Drafts {
  constructor(
    private readonly area: Area,
    private readonly agentId: string,
  ) {}

  get(conversationId: string): Draft {
    try {
      const kept = JSON.parse(this.area.getItem(this.keyOf(conversationId)) ?? 'null') as Partial<Draft> | null;
      if (!kept || typeof kept !== 'object') return emptyDraft;
      return { mode: kept.mode === 'note' ? 'note' : 'message', message: textOf(kept.message), note: textOf(kept.note), mentions: Array.isArray(kept.mentions) ? kept.mentions.filter(isMentioned) : [] };
    } catch {
      return emptyDraft;
    }
  }

  /** A storage that is full, or not allowed, takes away that it survives a reload, and nothing else. */
  set(conversationId: string, draft: Draft): void {
    try {
      if (isEmpty(draft)) this.area.removeItem(this.keyOf(conversationId));
      else this.area.setItem(this.keyOf(conversationId), JSON.stringify(draft));
    } catch {
      // Said above.
    }
  }

  private keyOf(conversationId: string): string {
    return `relevo.draft.${this.agentId}.${conversationId}`;
  }
}
