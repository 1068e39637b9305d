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
  /** What names the agent in notes that they have not seen, wherever it is: in place of a tray. */
  readonly mentioned?: true;
  /** What is searched for. */
  readonly q?: string;
}

export const firstView: View = { tray: 'mine', standing: 'active', sort: 'waiting' };

/** Names in the address, which people see and share. */
const names = { teamId: 'team', tagId: 'tag', assigneeId: 'agent', q: 'q' } as const;
type Named = keyof typeof names;
const namedKeys = Object.keys(names) as Named[];

const oneOf = <T extends string>(values: readonly T[], value: string | null): T | undefined => values.find((each) => each === value);

/** Whatever stands in an address, and for what it does not say `otherwise`: what is none of ours is left out. */
export function viewOf(params: URLSearchParams, otherwise: View = firstView): View {
  const named = namedKeys.flatMap((key) => {
    const value = params.get(names[key])?.trim();
    return value ? [[key, value] as const] : [];
  });
  return {
    ...otherwise,
    tray: oneOf(trays, params.get('tray')) ?? otherwise.tray,
    standing: oneOf(standings, params.get('status')) ?? otherwise.standing,
    sort: oneOf(sorts, params.get('sort')) ?? otherwise.sort,
    ...Object.fromEntries(named),
    ...(params.get('unread') === '1' && { unread: true }),
    ...(params.get('closing') === '1' && { closing: true }),
    ...(params.get('mentioned') === '1' && { mentioned: true }),
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
  if (view.mentioned) params.set('mentioned', '1');
  return params;
}

/** What is searched for, and what names the agent, is looked for in all trays, and in the history too. */
const isOfAll = ({ q, mentioned }: View): boolean => q !== undefined || mentioned === true;

/** What is shown of: for the list's header, and as it is asked for. */
export const shownStanding = (view: View): Standing => (isOfAll(view) && view.standing === 'active' ? 'all' : view.standing);

/** As the server is asked for it. */
export function queryOf(view: View): ListQuery {
  const { standing, unread, closing, mentioned, q, tray, ...rest } = view;
  return {
    ...rest,
    tray: isOfAll(view) ? 'all' : tray,
    status: standing === 'closed' ? 'closed' : standing === 'all' || isOfAll(view) ? 'all' : 'active',
    ...(standing === 'outbound' && { direction: 'outbound' as const }),
    ...(unread && { unread: true }),
    ...(closing && { closing: true }),
    ...(mentioned && q === undefined && { mentioned: true }),
    ...(q !== undefined && { q }),
  };
}

/** Everything that narrows the list beyond its tray taken away. */
export const unfiltered: Partial<View> = { teamId: undefined, tagId: undefined, assigneeId: undefined, unread: undefined, closing: undefined, q: undefined };

/** How many choices narrow the list beyond its tray. */
export const narrowing = ({ teamId, tagId, assigneeId, unread, closing, q }: View): number => [teamId, tagId, assigneeId, unread, closing, q].filter((value) => value !== undefined).length;

/** As the agent's settings keep it; what is searched for, is about to close or names them is not a habit. */
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
