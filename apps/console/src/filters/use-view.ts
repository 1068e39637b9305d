import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { paramsOf, type View, viewOf } from './view';

/** The view in the address, and how another one comes there. The conversation that is open stays so. */
export function useView(): [View, (change: Partial<View>) => void] {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const view = useMemo(() => viewOf(params), [params]);
  const change = useCallback(
    (part: Partial<View>) => void navigate({ pathname, search: `?${paramsOf({ ...view, ...part }).toString()}` }, { replace: true }),
    [navigate, pathname, view],
  );
  return [view, change];
}

/** The address of a conversation, or of none, in the same view. */
export function useAddresses(): { readonly of: (conversationId: string | null) => string } {
  const { search } = useLocation();
  return useMemo(() => ({ of: (conversationId) => `${conversationId === null ? '/' : `/c/${encodeURIComponent(conversationId)}`}${search}` }), [search]);
}
