/** Where something outlives a page: `localStorage`, IndexedDB, a file. Answers may be promises or not. */
export interface KeyValueStorage {
  get(key: string): string | null | Promise<string | null>;
  set(key: string, value: string): void | Promise<void>;
  remove(key: string): void | Promise<void>;
  /** All keys that begin so. */
  keys(prefix: string): readonly string[] | Promise<readonly string[]>;
  /** News of changes by others (another tab); answers what ends it. Without it they are noticed later. */
  watch?(listener: (key: string, value: string | null) => void): () => void;
}

/** Forgets everything with the page. */
export function memoryStorage(): KeyValueStorage {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)),
  };
}

/** What `localStorage` and `sessionStorage` are. */
export interface WebStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** As the DOM tells other tabs of the same origin. */
export interface StorageNews {
  readonly key: string | null;
  readonly newValue: string | null;
  readonly storageArea: unknown;
}

interface Page {
  addEventListener(name: 'storage', listener: (news: StorageNews) => void): void;
  removeEventListener(name: 'storage', listener: (news: StorageNews) => void): void;
}

/**
 * `localStorage`: one sign-in for all tabs. Not `sessionStorage` for tokens: a tab that is duplicated takes a copy along,
 * and two tabs that each go on from one refresh token end its session.
 */
export function webStorage(area: WebStorage, page: Partial<Page> = globalThis): KeyValueStorage {
  return {
    get: (key) => area.getItem(key),
    set: (key, value) => area.setItem(key, value),
    remove: (key) => area.removeItem(key),
    keys: (prefix) => Array.from({ length: area.length }, (_, index) => area.key(index) ?? '').filter((key) => key.startsWith(prefix)),
    watch: (listener) => {
      const hear = ({ key, newValue, storageArea }: StorageNews): void => {
        if (storageArea === area && key !== null) listener(key, newValue);
      };
      page.addEventListener?.('storage', hear);
      return () => page.removeEventListener?.('storage', hear);
    },
  };
}
