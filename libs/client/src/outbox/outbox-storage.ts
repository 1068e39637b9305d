import type { KeyValueStorage } from '../session/storage.js';
import { inOrder, parsePending, type PendingEntry } from './pending.js';

/** What an agent wrote and is not sent, one key each, so that several tabs do not write over each other's. */
export class OutboxStorage {
  private readonly prefix: string;

  constructor(
    private readonly storage: KeyValueStorage,
    agentId: string,
  ) {
    this.prefix = `relevo.outbox.${agentId}.`;
  }

  async all(): Promise<PendingEntry[]> {
    const found = await Promise.all((await this.storage.keys(this.prefix)).map(async (key) => parsePending(await this.storage.get(key))));
    return inOrder(found.filter((entry) => entry !== null));
  }

  /** A storage that is full, or not allowed, takes away that it survives a reload, and nothing else. */
  async keep(entry: PendingEntry): Promise<void> {
    try {
      await this.storage.set(this.prefix + entry.commandId, JSON.stringify(entry));
    } catch {
      // Said above.
    }
  }

  /** What other tabs did to an entry; null: it is sent, or thrown away. */
  watch(listener: (commandId: string, entry: PendingEntry | null) => void): () => void {
    const hear = (key: string, value: string | null): void => {
      if (key.startsWith(this.prefix)) listener(key.slice(this.prefix.length), parsePending(value));
    };
    return this.storage.watch?.(hear) ?? (() => undefined);
  }

  async forget(commandId: string): Promise<void> {
    await this.storage.remove(this.prefix + commandId);
  }
}
