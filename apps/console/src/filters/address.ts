import { matchPath } from 'react-router';
import { type View, viewOf } from './view';

/** Where the gateway serves the console; the router's addresses begin after it. */
export const basename = '/app';

/** A conversation's, or that of none. */
export const pathOf = (conversationId: string | null): string => (conversationId === null ? '/' : `/c/${encodeURIComponent(conversationId)}`);

/** The entry of the open conversation that an address goes to; whatever else somebody made up is none. */
export function atOf(params: URLSearchParams): number | null {
  const at = params.get('at') ?? '';
  return /^[1-9]\d{0,14}$/.test(at) ? Number(at) : null;
}

/** The view that stands in `search`, at an entry or none. */
export function searchAt(search: string, at: number | null): string {
  const params = new URLSearchParams(search);
  if (at === null) params.delete('at');
  else params.set('at', String(at));
  return `?${params.toString()}`;
}

/**
 * The address as it is now. What is drawn may be older: the router draws a change in a transition, and what is changed
 * meanwhile would take it back.
 */
export const addressNow = (): { readonly openId: string | null; readonly at: number | null; readonly view: View; readonly search: string } => {
  const { pathname, search } = window.location;
  const params = new URLSearchParams(search);
  return { openId: matchPath(`${basename}/c/:conversationId`, pathname)?.params.conversationId ?? null, at: atOf(params), view: viewOf(params), search };
};
