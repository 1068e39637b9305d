import type { FoundBy } from '@relevo/contracts';
import { placeOf } from './order.js';
import { accepts, type ListQuery, type Viewer } from './query.js';
import type { ListPage, ListRules } from './window.js';

export interface LiveRules extends ListRules {
  /** A page came, the first again or the next one. */
  readonly arrived: (page: ListPage, isFirst: boolean) => void;
  readonly foundBy: (conversationId: string) => FoundBy | undefined;
}

/** What is in a list and where, for the eyes of whoever is signed in. */
export function rulesOf(query: ListQuery, viewer: () => Viewer | null): LiveRules {
  const fits: ListRules['accepts'] = (view) => {
    const eyes = viewer();
    return eyes !== null && accepts(query, eyes, view, Date.now());
  };
  if (query.q !== undefined) return foundRules(fits);
  const sort = query.sort ?? 'waiting';
  return { accepts: fits, placeOf: (view) => placeOf(sort, view), arrived: () => undefined, foundBy: () => undefined };
}

/**
 * Of a search: only the server knows what is found and in which order, so rows stay as they were answered. They show
 * what comes, and leave when they fit the filters no more; nothing joins them.
 */
function foundRules(fits: ListRules['accepts']): LiveRules {
  const found = new Map<string, { readonly order: number; readonly by: FoundBy | undefined }>();
  return {
    accepts: (view) => found.has(view.id) && fits(view),
    placeOf: ({ id }) => ({ id, order: found.get(id)?.order ?? Infinity }),
    arrived: ({ items }, isFirst) => {
      if (isFirst) found.clear();
      for (const { id, found: by } of items) if (!found.has(id)) found.set(id, { order: found.size, by });
    },
    foundBy: (id) => found.get(id)?.by,
  };
}
