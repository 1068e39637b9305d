import { errorOf, newCommandId } from '@relevo/client';
import { useEffect, useRef, useState } from 'react';
import { useRelevo } from '../session/relevo-context';
import { type Outcome, outcomeOf } from './outcome';

/** Whom, and by which channel. */
export interface Addressee {
  readonly customerId: string;
  readonly channelId: string;
}

export interface BeginningInHand {
  readonly outcome: Outcome;
  readonly isBusy: boolean;
  /** The same text by the same channel again is the same command: it begins one conversation, however often it is sent. */
  readonly begin: (text: string) => Promise<void>;
}

/** Begins the next conversation with a customer. Whoever leaves waits for it no longer. */
export function useBeginning({ customerId, channelId }: Addressee, onBegun: (conversationId: string) => void): BeginningInHand {
  const { commands } = useRelevo();
  const [outcome, setOutcome] = useState<Outcome>(null);
  const [isBusy, setBusy] = useState(false);
  const asked = useRef({ text: '', channelId: '', commandId: '' });
  const waiting = useRef<AbortController>(null);
  useEffect(() => () => waiting.current?.abort(), []);
  // What was answered was of the other channel.
  useEffect(() => setOutcome(null), [channelId]);

  const begin = async (text: string): Promise<void> => {
    if (asked.current.text !== text || asked.current.channelId !== channelId) asked.current = { text, channelId, commandId: newCommandId() };
    const { commandId } = asked.current;
    const { signal } = (waiting.current = new AbortController());
    setBusy(true);
    setOutcome(null);
    try {
      const { conversation } = await commands.open({ customerId, channelId, text }, { commandId, signal, onFailure: ({ code }) => setOutcome({ kind: 'waiting', isOffline: code === 'UNREACHABLE' }) });
      if (!signal.aborted) onBegun(conversation.id);
    } catch (error) {
      if (!signal.aborted) setOutcome(outcomeOf(errorOf(error)));
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  };
  return { outcome, isBusy, begin };
}
