import type { Store } from '@relevo/client';
import { useSyncExternalStore } from 'react';

export const useStore = <T,>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.getSnapshot);
