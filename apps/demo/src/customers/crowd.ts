import { type KeyValueStorage, type Store, WidgetClient } from '@relevo/client';

/** One of the customers that this page plays: a visitor of their own. */
export interface PlayedCustomer {
  readonly id: string;
  readonly name: string;
  readonly visit: WidgetClient;
}

interface Kept {
  readonly id: string;
  readonly name: string;
  /** When they came: their order. */
  readonly at: number;
}

const names = ['Lucía', 'Mateo', 'Julia', 'Bruno', 'Emma', 'Tomás', 'Clara', 'Hugo', 'Inés', 'Simón'];

function parse(text: string | null): Kept | null {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<Kept> | null;
    return value !== null && typeof value.id === 'string' && typeof value.name === 'string' && typeof value.at === 'number' ? (value as Kept) : null;
  } catch {
    return null;
  }
}

/** All customers that are played at one channel, each connected for as long as the page is open, and kept over a reload. */
export class Crowd implements Store<readonly PlayedCustomer[]> {
  private readonly listeners = new Set<() => void>();
  private customers: readonly PlayedCustomer[] = [];

  private constructor(
    private readonly storage: KeyValueStorage,
    private readonly channelId: string,
  ) {}

  /** Whoever was here before, else somebody new. */
  static async open(storage: KeyValueStorage, channelId: string): Promise<Crowd> {
    const crowd = new Crowd(storage, channelId);
    const kept = await Promise.all((await storage.keys(crowd.prefix)).map(async (key) => parse(await storage.get(key))));
    crowd.customers = kept
      .filter((one) => one !== null)
      .sort((a, b) => a.at - b.at)
      .map(({ id, name }) => crowd.played(id, name));
    if (crowd.customers.length === 0) await crowd.add();
    return crowd;
  }

  readonly getSnapshot = (): readonly PlayedCustomer[] => this.customers;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  async add(): Promise<PlayedCustomer> {
    const id = crypto.getRandomValues(new Uint32Array(3)).join('-');
    const taken = new Set(this.customers.map(({ name }) => name));
    const name = names.find((free) => !taken.has(free)) ?? `${names[0]} ${this.customers.length + 1}`;
    const customer = this.played(id, name);
    this.set([...this.customers, customer]);
    await this.keep({ id, name, at: Date.now() });
    return customer;
  }

  async rename(id: string, name: string): Promise<void> {
    this.set(this.customers.map((one) => (one.id === id ? { ...one, name } : one)));
    this.customers.find((one) => one.id === id)?.visit.introduce(name);
    const kept = parse(await this.storage.get(this.prefix + id));
    await this.keep({ id, name, at: kept?.at ?? Date.now() });
  }

  /** From this page; what they said stays said. */
  async remove(id: string): Promise<void> {
    const found = this.customers.find((one) => one.id === id);
    this.set(this.customers.filter((one) => one !== found));
    await this.storage.remove(this.prefix + id);
    await found?.visit.forget();
  }

  wake(): void {
    for (const { visit } of this.customers) visit.wake();
  }

  suspend(): void {
    for (const { visit } of this.customers) visit.suspend();
  }

  stop(): void {
    for (const { visit } of this.customers) visit.stop();
  }

  private get prefix(): string {
    return `relevo.demo.${this.channelId}.`;
  }

  private played(id: string, name: string): PlayedCustomer {
    const visit = new WidgetClient({ channelId: this.channelId, visitor: id, name, storage: this.storage });
    visit.start();
    return { id, name, visit };
  }

  /** A storage that is full, or not allowed, takes away that they are here after a reload, and nothing else. */
  private async keep(kept: Kept): Promise<void> {
    try {
      await this.storage.set(this.prefix + kept.id, JSON.stringify(kept));
    } catch {
      // Said above.
    }
  }

  private set(customers: readonly PlayedCustomer[]): void {
    this.customers = customers;
    for (const listener of this.listeners) listener();
  }
}
