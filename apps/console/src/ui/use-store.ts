import type { Store } from '@relevo/client';
import { useSyncExternalStore } from 'react';

/** What a store of the client holds now. */
export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.getSnapshot);
