import { useCallback, useMemo } from 'react';
import { type NavigateOptions, useLocation, useNavigate, useSearchParams } from 'react-router';
import { addressNow, pathOf } from './address';
import { paramsOf, type View, viewOf } from './view';

/** The view in the address, and how another one comes there. The conversation that is open stays so. */
export function useView(): [View, (change: Partial<View>) => void] {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const view = useMemo(() => viewOf(params), [params]);
  const change = useCallback(
    (part: Partial<View>) => {
      const now = addressNow();
      void navigate({ pathname: pathOf(now.openId), search: `?${paramsOf({ ...now.view, ...part }).toString()}` }, { replace: true });
    },
    [navigate],
  );
  return [view, change];
}

/** The address of a conversation in the view that is drawn, for links. */
export function useAddresses(): { readonly of: (conversationId: string) => string } {
  const { search } = useLocation();
  return useMemo(() => ({ of: (conversationId) => `${pathOf(conversationId)}${search}` }), [search]);
}

/** Opens a conversation, or none. The view stays. */
export function useOpen(): (conversationId: string | null, options?: NavigateOptions) => void {
  const navigate = useNavigate();
  return useCallback((conversationId, options) => void navigate({ pathname: pathOf(conversationId), search: addressNow().search }, options), [navigate]);
}
