import type { ListQuery } from '@relevo/client';
import type { ConversationSort, ListChoice, ListTray } from '@relevo/contracts';

export const trays = ['mine', 'unassigned', 'agents', 'bot', 'all'] as const satisfies readonly ListTray[];
export const standings = ['active', 'closed', 'outbound', 'all'] as const;
export const sorts = ['waiting', 'activity', 'assigned'] as const satisfies readonly ConversationSort[];

/** What the guide calls the state of chats: active, closed (the history), begun by us, or whichever: all that has a tag, say. */
export type Standing = (typeof standings)[number];

/** Which conversations the list shows, and in which order. It stands in the address, so that it can be kept and shared. */
export interface View {
  readonly tray: ListTray;
  readonly standing: Standing;
  readonly sort: ConversationSort;
  readonly teamId?: string;
  readonly tagId?: string;
  readonly assigneeId?: string;
  readonly unread?: true;
  /** Only those that close by themselves within the hour. */
  readonly closing?: true;
  /** What is searched for. */
  readonly q?: string;
}

export const firstView: View = { tray: 'mine', standing: 'active', sort: 'waiting' };

/** Names in the address, which people see and share. */
const names = { teamId: 'team', tagId: 'tag', assigneeId: 'agent', q: 'q' } as const;
type Named = keyof typeof names;
const namedKeys = Object.keys(names) as Named[];

const oneOf = <T extends string>(values: readonly T[], value: string | null, otherwise: T): T => values.find((each) => each === value) ?? otherwise;

/** Whatever stands in an address: what is none of ours is left out. */
export function viewOf(params: URLSearchParams): View {
  const named = namedKeys.flatMap((key) => {
    const value = params.get(names[key])?.trim();
    return value ? [[key, value] as const] : [];
  });
  return {
    tray: oneOf(trays, params.get('tray'), firstView.tray),
    standing: oneOf(standings, params.get('status'), firstView.standing),
    sort: oneOf(sorts, params.get('sort'), firstView.sort),
    ...Object.fromEntries(named),
    ...(params.get('unread') === '1' && { unread: true }),
    ...(params.get('closing') === '1' && { closing: true }),
  };
}

/** All of it, also what is as at first: an address that is shared shows the same to whoever has other habits. */
export function paramsOf(view: View): URLSearchParams {
  const params = new URLSearchParams({ tray: view.tray, status: view.standing, sort: view.sort });
  for (const key of namedKeys) {
    const value = view[key];
    if (value !== undefined && value !== '') params.set(names[key], value);
  }
  if (view.unread) params.set('unread', '1');
  if (view.closing) params.set('closing', '1');
  return params;
}

/** As the server is asked for it. Who searches looks in all trays, and in the history too. */
export function queryOf({ standing, unread, closing, q, tray, ...rest }: View): ListQuery {
  const status = standing === 'closed' ? 'closed' : standing === 'all' || q !== undefined ? 'all' : 'active';
  return {
    ...rest,
    tray: q === undefined ? tray : 'all',
    status,
    ...(standing === 'outbound' && { direction: 'outbound' as const }),
    ...(unread && { unread: true }),
    ...(closing && { closing: true }),
    ...(q !== undefined && { q }),
  };
}

/** Everything that narrows the list beyond its tray taken away. */
export const unfiltered: Partial<View> = { teamId: undefined, tagId: undefined, assigneeId: undefined, unread: undefined, closing: undefined, q: undefined };

/** How many choices narrow the list beyond its tray. */
export const narrowing = ({ teamId, tagId, assigneeId, unread, closing, q }: View): number => [teamId, tagId, assigneeId, unread, closing, q].filter((value) => value !== undefined).length;

/** As the agent's settings keep it; what is searched for, or is about to close, is not a habit. */
export const choiceOf = ({ sort, tray, standing, teamId, tagId, assigneeId, unread }: View): ListChoice => ({
  sort,
  filters: {
    tray,
    status: standing === 'outbound' ? 'active' : standing,
    ...(standing === 'outbound' && { direction: 'outbound' as const }),
    ...(teamId !== undefined && { teamId }),
    ...(tagId !== undefined && { tagId }),
    ...(assigneeId !== undefined && { assigneeId }),
    ...(unread && { unread: true }),
  },
});

export function viewOfChoice(choice: ListChoice | null): View {
  if (!choice) return firstView;
  const { tray = firstView.tray, status, direction, teamId, tagId, assigneeId, unread } = choice.filters;
  return {
    tray,
    sort: choice.sort,
    standing: direction === 'outbound' ? 'outbound' : (status ?? 'active'),
    ...(teamId !== undefined && { teamId }),
    ...(tagId !== undefined && { tagId }),
    ...(assigneeId !== undefined && { assigneeId }),
    ...(unread && { unread: true }),
  };
}
