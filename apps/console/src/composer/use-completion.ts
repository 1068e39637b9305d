import type { AgentView, ConversationView, QuickReplyView } from '@relevo/contracts';
import { type KeyboardEvent, type RefObject, useState } from 'react';
import { atSignAt, colleaguesFor, mentionedIn } from '../mentions/mentions';
import { useMe, useRelevo } from '../session/relevo-context';
import { useDirectory, useQuickReplies } from '../session/use-directory';
import { useStore } from '../ui/use-store';
import type { Mode } from './drafts';
import { insertText } from './insert';
import { filledIn, matching, slashAt } from './quick-replies';
import { type Choice, type Typed, useChoice } from '../ui/use-choice';
import type { DraftInHand } from './use-draft';

/** So many a note may name (contract). */
const mostMentions = 20;

interface Place {
  readonly conversation: ConversationView;
  readonly mode: Mode;
  readonly inHand: DraftInHand;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

export interface CompletionInHand {
  /** After a `/`, in what is written to the customer. */
  readonly replies: Choice<QuickReplyView>;
  readonly useReply: (reply: QuickReplyView) => void;
  /** After an `@`, in a note. */
  readonly colleagues: Choice<AgentView>;
  readonly mention: (agent: AgentView) => void;
  /** At what was just typed. */
  readonly look: (text: string, caret: number) => void;
  /** Whether the key was a list's. */
  readonly press: (event: KeyboardEvent) => boolean;
  readonly end: () => void;
  readonly aria: Choice<unknown>['aria'];
}

/** What is offered while one types: quick replies in a message, colleagues in a note. */
export function useCompletion({ conversation, mode, inHand, field }: Place): CompletionInHand {
  const relevo = useRelevo();
  const me = useMe();
  const { agents } = useDirectory();
  const replies = useQuickReplies();
  const { customer } = useStore(relevo.customer(conversation.customer.id));
  const [typed, setTyped] = useState<Typed | null>(null);
  /** Where a list was sent away: what is typed on there is meant as it is. */
  const [dismissed, dismiss] = useState<number | null>(null);
  const isNote = mode === 'note';
  const chosen = inHand.draft.mentions;

  const end = (): void => setTyped(null);
  const look = (text: string, caret: number): void => {
    const next = isNote ? atSignAt(text, caret, chosen) : slashAt(text, caret);
    const isDismissed = next !== null && next.start === dismissed;
    if (!isDismissed) dismiss(null);
    setTyped(isDismissed ? null : next);
  };
  const put = (text: string): void => {
    if (!field.current || !typed) return;
    insertText(field.current, text, typed.start, typed.start + 1 + typed.typed.length);
    end();
  };
  const useReply = ({ text }: QuickReplyView): void => put(text);
  const mention = ({ id, name }: AgentView): void => {
    inHand.mention({ id, name });
    put(`@${name} `);
  };

  const mayNameMore = isNote && typed !== null && mentionedIn(inHand.draft.note, chosen).length < mostMentions;
  /** As they will be put. */
  const found = !isNote && typed ? matching(replies.values(), typed.typed).map((reply) => ({ ...reply, text: filledIn(reply.text, { customer, agentName: me.name }) })) : [];
  const replyChoice = useChoice(isNote ? null : typed, found, useReply);
  const colleagueChoice = useChoice(isNote ? typed : null, mayNameMore ? colleaguesFor(agents.values(), conversation, me.id, typed.typed) : [], mention);

  const press = (event: KeyboardEvent): boolean => {
    if (replyChoice.press(event) || colleagueChoice.press(event)) return true;
    if (event.key !== 'Escape' || typed === null) return false;
    event.preventDefault();
    event.stopPropagation();
    dismiss(typed.start);
    end();
    return true;
  };

  return { replies: replyChoice, useReply, colleagues: colleagueChoice, mention, look, press, end, aria: isNote ? colleagueChoice.aria : replyChoice.aria };
}
