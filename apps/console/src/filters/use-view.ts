import { useCallback, useMemo } from 'react';
import { type NavigateOptions, useLocation, useNavigate, useSearchParams } from 'react-router';
import { addressNow, atOf, pathOf, searchAt } from './address';
import { paramsOf, type View, viewOf } from './view';

/** The view in the address, and how another one comes there. The conversation that is open stays so, at the entry that it was opened at. */
export function useView(): [View, (change: Partial<View>) => void] {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const view = useMemo(() => viewOf(params), [params]);
  const change = useCallback(
    (part: Partial<View>) => {
      const now = addressNow();
      void navigate({ pathname: pathOf(now.openId), search: searchAt(paramsOf({ ...now.view, ...part }).toString(), now.at) }, { replace: true });
    },
    [navigate],
  );
  return [view, change];
}

/** The entry that the address goes to. */
export function useAt(): number | null {
  const [params] = useSearchParams();
  return atOf(params);
}

/** The address of a conversation, or of an entry of it, in the view that is drawn, for links. */
export function useAddresses(): { readonly of: (conversationId: string, at?: number | null) => string } {
  const { search } = useLocation();
  return useMemo(() => ({ of: (conversationId, at = null) => `${pathOf(conversationId)}${searchAt(search, at)}` }), [search]);
}

/** Opens a conversation, at an entry of it where one is named, or none. The view stays. */
export function useOpen(): (conversationId: string | null, options?: NavigateOptions & { readonly at?: number | null }) => void {
  const navigate = useNavigate();
  return useCallback((conversationId, { at = null, ...options } = {}) => void navigate({ pathname: pathOf(conversationId), search: searchAt(addressNow().search, at) }, options), [navigate]);
}
