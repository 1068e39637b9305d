import type { CustomerView } from '@relevo/contracts';
import { errorOf, type RelevoError } from '../api/error.js';
import { untilAnswered } from '../commands/until-answered.js';
import { Cell, type Store } from '../store/cell.js';

export interface CustomerState {
  readonly customer: CustomerView | null;
  /** Fields that came changed with the last news: `name`, `attributes.<key>`, ...; to be pointed out. */
  readonly changed: readonly string[];
  readonly isLoading: boolean;
  readonly error: RelevoError | null;
}

/** What of a customer differs between two versions. */
export function changedFields(before: CustomerView, after: CustomerView): string[] {
  const plain = (['name', 'affinityAgentId', 'blocked'] as const).filter((field) => before[field] !== after[field]);
  const keys = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  const attributes = [...keys].filter((key) => before.attributes[key]?.value !== after.attributes[key]?.value).sort();
  return [...plain, ...attributes.map((key) => `attributes.${key}`)];
}

/** A customer as all agents see them, kept up to date by events. */
export class Customer implements Store<CustomerState> {
  private readonly cell = new Cell<CustomerState>({ customer: null, changed: [], isLoading: true, error: null });
  readonly getSnapshot = this.cell.getSnapshot;
  readonly subscribe = this.cell.subscribe;
  private loading = new AbortController();

  constructor(
    readonly id: string,
    private readonly read: (id: string) => Promise<CustomerView>,
  ) {}

  get isUsed(): boolean {
    return this.cell.isUsed;
  }

  async load(): Promise<void> {
    this.stop();
    const { signal } = (this.loading = new AbortController());
    const show = (error: RelevoError | null): void => {
      if (!signal.aborted) this.cell.update((state) => ({ ...state, isLoading: false, error }));
    };
    try {
      const customer = await untilAnswered(() => this.read(this.id), { signal, onFailure: show });
      this.tell(customer);
      show(null);
    } catch (error) {
      show(errorOf(error));
    }
  }

  /** As they are at some version; an older one tells nothing. */
  tell(customer: CustomerView): void {
    this.cell.update((state) => {
      if (state.customer && state.customer.version >= customer.version) return state;
      return { ...state, customer, changed: state.customer ? changedFields(state.customer, customer) : [] };
    });
  }

  stop(): void {
    this.loading.abort();
  }
}
