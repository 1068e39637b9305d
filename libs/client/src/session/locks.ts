import type { KeyValueStorage } from './storage.js';

/** One at a time under a name, over all tabs that share a storage. */
export interface Locks {
  run<T>(name: string, task: () => Promise<T>): Promise<T>;
}

interface WebLocks {
  request<T>(name: string, task: () => Promise<T>): Promise<T>;
}

/** The browser's own. Pages that came over plain HTTP do not have them. */
export function webLocks(): Locks | null {
  const { navigator } = globalThis as { navigator?: { locks?: WebLocks } };
  const locks = navigator?.locks;
  return locks ? { run: (name, task) => locks.request(name, task) } : null;
}

/** A tab that is closed with a lock gives it up after this; longer than what is done under one. */
const leaseMs = 20_000;
/** Two who take a free lease at once both look again after this, and one of them finds the other's name. */
const settleMs = 60;

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** By turns through the storage: for pages without locks of the browser's. */
export function leases(storage: KeyValueStorage, owner: string): Locks {
  const holds = async (key: string): Promise<boolean> => {
    const [holder, until] = ((await storage.get(key)) ?? '').split(' ');
    if (holder !== owner && Number(until) > Date.now()) return false;
    await storage.set(key, `${owner} ${Date.now() + leaseMs}`);
    await delay(settleMs);
    return ((await storage.get(key)) ?? '').startsWith(`${owner} `);
  };
  return {
    async run(name, task) {
      const key = `${name}.lease`;
      while (!(await holds(key))) await delay(settleMs);
      try {
        return await task();
      } finally {
        await storage.remove(key);
      }
    },
  };
}
