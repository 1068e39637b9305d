import type { AgentView, ChannelView, PolicyView, QuickReplyView, TagView, TeamView, TrayCounts } from '@relevo/contracts';
import { useStore } from '../ui/use-store';
import { useRelevo } from './relevo-context';

/** Who and what there is in the workspace, by id. */
export interface Names {
  readonly agents: ReadonlyMap<string, AgentView>;
  readonly teams: ReadonlyMap<string, TeamView>;
  readonly tags: ReadonlyMap<string, TagView>;
  readonly channels: ReadonlyMap<string, ChannelView>;
}

export function useDirectory(): Names {
  const { directory } = useRelevo();
  return {
    agents: useStore(directory.agents),
    teams: useStore(directory.teams),
    tags: useStore(directory.tags),
    channels: useStore(directory.channels),
  };
}

export const useQuickReplies = (): ReadonlyMap<string, QuickReplyView> => useStore(useRelevo().directory.quickReplies);

export const usePolicy = (): PolicyView | null => useStore(useRelevo().directory.policy);

/** How many active conversations each tray holds; null until it is told. */
export const useCounts = (): TrayCounts | null => useStore(useRelevo().directory.counts);
