import type { LiveEvent } from '@relevo/client';
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpen } from '../filters/use-view';
import { useMe, useRelevo, useSettings } from '../session/relevo-context';
import { chime, mayBeHeard } from './chime';
import { permission, putUp, takeDown, watchPermission } from './desktop';
import { isSeenTo, newsOf } from './news';
import { handovers, hideNotices, showNotice } from './notice';
import { isInFront, OneVoice, showInFront } from './tabs';
import { useNewsWords } from './use-news-words';
import { useTitle } from './use-title';

/** Says to the other tabs what is seen in this one, and takes down what was said of it. */
function useFront(agentId: string, openId: string | null): void {
  useEffect(() => {
    if (openId === null) return;
    let ending = new AbortController();
    const look = (): void => {
      ending.abort();
      ending = new AbortController();
      if (document.visibilityState !== 'visible') return;
      takeDown(openId);
      hideNotices(openId);
      showInFront(agentId, openId, ending.signal);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      ending.abort();
    };
  }, [agentId, openId]);
}

interface Voices {
  /** Of the tab that shows notifications. */
  shows: OneVoice | null;
  /** Of the one that is heard: only a tab that was touched can be, so it may be another. */
  sounds: OneVoice | null;
}

/** Among the open tabs of the agent. */
function useVoices(agentId: string): RefObject<Voices> {
  const voices = useRef<Voices>({ shows: null, sounds: null });
  useEffect(() => {
    const ending = new AbortController();
    const touched = new AbortController();
    const { signal } = ending;
    voices.current = { shows: new OneVoice(`shows.${agentId}`, signal), sounds: null };
    const listen = (): void => {
      if (!mayBeHeard() || touched.signal.aborted) return;
      touched.abort();
      voices.current.sounds = new OneVoice(`sounds.${agentId}`, signal);
    };
    for (const name of ['pointerup', 'keydown'] as const) addEventListener(name, listen, { signal: AbortSignal.any([signal, touched.signal]) });
    listen();
    return () => ending.abort();
  }, [agentId]);
  return voices;
}

/** Tells the agent what they chose to be told of (product rule "Notifications"), except what they have before them. */
export function NotificationsHere({ openId }: { readonly openId: string | null }) {
  const relevo = useRelevo();
  const me = useMe();
  const { notifications: wanted } = useSettings();
  const open = useOpen();
  const { t, i18n } = useTranslation('notifications');
  const { t: common } = useTranslation('common');
  const words = useNewsWords();
  const voices = useVoices(me.id);
  useFront(me.id, openId);
  useTitle();
  useEffect(() => {
    const ending = new AbortController();
    watchPermission(ending.signal);
    return () => ending.abort();
  }, []);

  const hear = useEffectEvent(async ({ name, payload }: LiveEvent): Promise<void> => {
    if (name === 'conversation.removed') {
      hideNotices(payload.conversationId);
      return takeDown(payload.conversationId);
    }
    if (name !== 'timeline.entry') return;
    const { entry, conversation } = payload;
    if (isSeenTo(entry, me.id)) takeDown(conversation.id);
    if (conversation.assigneeId !== me.id) hideNotices(conversation.id, handovers);
    const news = newsOf(entry, conversation, me.id, wanted);
    const isHere = openId === conversation.id && document.visibilityState === 'visible';
    if (!news || isHere || (await isInFront(me.id, conversation.id))) return;
    const key = `${conversation.id}:${entry.seq}`;
    if (wanted.sound) voices.current.sounds?.say(key, () => void chime());
    const notice = { conversationId: conversation.id, ...words(news), onOpen: () => open(conversation.id) };
    if (!wanted.desktop || permission.getSnapshot() !== 'granted') showNotice({ ...notice, topic: news.topic, open: t('open'), close: common('close') });
    else voices.current.shows?.say(key, () => putUp({ ...notice, lang: i18n.language }));
  });
  useEffect(() => relevo.onEvent((event) => void hear(event)), [relevo]);
  return null;
}
