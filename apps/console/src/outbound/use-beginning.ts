import { errorOf, newCommandId } from '@relevo/client';
import type { ConversationView } from '@relevo/contracts';
import { useEffect, useRef, useState } from 'react';
import { useRelevo } from '../session/relevo-context';
import { type Outcome, outcomeOf } from './outcome';

export interface BeginningInHand {
  readonly outcome: Outcome;
  readonly isBusy: boolean;
  /** The same text again is the same command: it begins one conversation, however often it is sent. */
  readonly begin: (text: string) => Promise<void>;
}

/** Begins the next conversation with the customer of a closed one, by its channel. Whoever leaves waits for it no longer. */
export function useBeginning({ customer, channelId }: ConversationView, onBegun: (conversationId: string) => void): BeginningInHand {
  const { commands } = useRelevo();
  const [outcome, setOutcome] = useState<Outcome>(null);
  const [isBusy, setBusy] = useState(false);
  const asked = useRef({ text: '', commandId: '' });
  const waiting = useRef<AbortController>(null);
  useEffect(() => () => waiting.current?.abort(), []);

  const begin = async (text: string): Promise<void> => {
    if (asked.current.text !== text) asked.current = { text, commandId: newCommandId() };
    const { commandId } = asked.current;
    const { signal } = (waiting.current = new AbortController());
    setBusy(true);
    setOutcome(null);
    try {
      const { conversation } = await commands.open({ customerId: customer.id, channelId, text }, { commandId, signal, onFailure: ({ code }) => setOutcome({ kind: 'waiting', isOffline: code === 'UNREACHABLE' }) });
      if (!signal.aborted) onBegun(conversation.id);
    } catch (error) {
      if (!signal.aborted) setOutcome(outcomeOf(errorOf(error)));
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  };
  return { outcome, isBusy, begin };
}
