import { matchPath } from 'react-router';
import { type View, viewOf } from './view';

/** Where the gateway serves the console; the router's addresses begin after it. */
export const basename = '/app';

/** A conversation's, or that of none. */
export const pathOf = (conversationId: string | null): string => (conversationId === null ? '/' : `/c/${encodeURIComponent(conversationId)}`);

/**
 * The address as it is now. What is drawn may be older: the router draws a change in a transition, and what is changed
 * meanwhile would take it back.
 */
export const addressNow = (): { readonly openId: string | null; readonly view: View; readonly search: string } => {
  const { pathname, search } = window.location;
  return { openId: matchPath(`${basename}/c/:conversationId`, pathname)?.params.conversationId ?? null, view: viewOf(new URLSearchParams(search)), search };
};
