import type { RelevoClient } from '@relevo/client';
import type { AgentSettings, AgentView } from '@relevo/contracts';
import { createContext, useContext } from 'react';
import { useStore } from '../ui/use-store';

const RelevoContext = createContext<RelevoClient | null>(null);

export const RelevoProvider = RelevoContext.Provider;

export function useRelevo(): RelevoClient {
  const relevo = useContext(RelevoContext);
  if (!relevo) throw new Error('There is no RelevoProvider around it');
  return relevo;
}

/** Who is signed in. For what is shown only to them; before the first answer, as they were when they signed in. */
export function useMe(): AgentView {
  const { directory, session } = useRelevo();
  const state = useStore(session.state);
  const me = useStore(directory.me);
  if (me) return me;
  if (state.status !== 'signed-in') throw new Error('Nobody is signed in');
  return state.agent;
}

/** As whoever never changed any has them, until theirs are here. */
const firstSettings: AgentSettings = {
  markReadOn: 'open',
  locale: 'es',
  sendKey: 'enter',
  notifications: { sound: true, desktop: false, messages: true, queue: true, mentions: true },
  list: null,
};

export const useSettings = (): AgentSettings => useStore(useRelevo().directory.settings) ?? firstSettings;
