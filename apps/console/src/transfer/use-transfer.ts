import { RelevoError } from '@relevo/client';
import type { ConversationView, Presence } from '@relevo/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUndo } from '../closing/undo-context';
import { codeOf } from '../session/code-of';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { idOf, nameOf, type Target } from './targets';

/** What came of it: nothing yet, a refusal in words, or somebody who is not there and may be insisted on. */
export type Outcome = { readonly kind: 'refused'; readonly reason: string } | { readonly kind: 'unavailable'; readonly target: Target; readonly status: Presence | null } | null;

export interface TransferInHand {
  readonly outcome: Outcome;
  readonly isBusy: boolean;
  readonly transfer: (target: Target, note: string, force: boolean) => Promise<void>;
  readonly forget: () => void;
}

const statuses: readonly string[] = ['away', 'offline'] satisfies Presence[];

function absenceIn(error: unknown): Presence | null {
  const status = error instanceof RelevoError ? error.details.status : null;
  return typeof status === 'string' && statuses.includes(status) ? (status as Presence) : null;
}

/** Hands a conversation over; who did can take it back for a while. */
export function useTransfer(conversation: ConversationView, onDone: () => void): TransferInHand {
  const { t } = useTranslation('transfer');
  const { t: closing } = useTranslation('closing');
  const { t: common } = useTranslation('common');
  const { commands } = useRelevo();
  const { offer } = useUndo();
  const say = useSay();
  const [outcome, setOutcome] = useState<Outcome>(null);
  const [isBusy, setBusy] = useState(false);

  const transfer = async (target: Target, text: string, force: boolean): Promise<void> => {
    const note = text.trim();
    setBusy(true);
    // What asked to insist stays while it does: the focus is there.
    if (!force) setOutcome(null);
    try {
      const changed = await commands.transfer(conversation.id, {
        ...(target.kind === 'agent' ? { agentId: idOf(target) } : { teamId: idOf(target) }),
        ...(note !== '' && { note }),
        ...(force && { force }),
      });
      onDone();
      offer(changed, closing('transferred', { name: conversation.customer.name || common('unnamedCustomer'), target: nameOf(target) }));
    } catch (error) {
      const code = codeOf(error);
      if (code === 'TARGET_UNAVAILABLE') setOutcome({ kind: 'unavailable', target, status: absenceIn(error) });
      else setOutcome({ kind: 'refused', reason: code === 'RULE_VIOLATED' ? t('ruleViolated') : say(code) });
    } finally {
      setBusy(false);
    }
  };
  return { outcome, isBusy, transfer, forget: () => setOutcome(null) };
}
