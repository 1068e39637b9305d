import type { CustomerView } from '@relevo/contracts';
import { errorOf, type RelevoError } from '../api/error.js';
import { untilAnswered } from '../commands/until-answered.js';
import { Cell, type Store } from '../store/cell.js';
import { changedFields, fieldOf, type FieldValues } from './fields.js';

export interface CustomerState {
  /** Of one who was merged: as they were then (`mergedIntoId`), or already whom they became, by the id. */
  readonly customer: CustomerView | null;
  /** Fields that others changed and nobody has `seen` since: `name`, `attributes.<key>`, ...; to be pointed out. */
  readonly changed: readonly string[];
  readonly isLoading: boolean;
  readonly error: RelevoError | null;
}

/** A customer as all agents see them, kept up to date by events. */
export class Customer implements Store<CustomerState> {
  private readonly cell = new Cell<CustomerState>({ customer: null, changed: [], isLoading: true, error: null });
  readonly getSnapshot = this.cell.getSnapshot;
  readonly subscribe = this.cell.subscribe;
  private loading = new AbortController();
  /** What the agent's own commands under way will make of fields: their effect is no news. */
  private readonly own = new Set<FieldValues>();

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
      const { customer: before } = state;
      if (before && !isNewer(before, customer, this.id)) return state;
      if (before?.id !== customer.id) return { ...state, customer, changed: [] };
      const changed = changedFields(before, customer);
      const isOwn = (field: string): boolean => [...this.own].some((values) => values.has(field) && values.get(field) === fieldOf(customer, field));
      const kept = state.changed.filter((field) => !changed.includes(field));
      return { ...state, customer, changed: [...kept, ...changed.filter((field) => !isOwn(field))] };
    });
  }

  /** An own command under way. Its event may come before its answer, and another's before both. */
  async effectOf(values: FieldValues, command: () => Promise<CustomerView>): Promise<CustomerView> {
    this.own.add(values);
    try {
      const customer = await command();
      if (customer.id === this.id) this.tell(customer);
      return customer;
    } finally {
      this.own.delete(values);
    }
  }

  /** Somebody has looked at it: it is no news any more. */
  seen(field: string): void {
    this.cell.update((state) => (state.changed.includes(field) ? { ...state, changed: state.changed.filter((one) => one !== field) } : state));
  }

  stop(): void {
    this.loading.abort();
  }
}

/** Of whom they were merged into nothing leads back to whom they were. */
const isNewer = (held: CustomerView, told: CustomerView, id: string): boolean => (held.id === told.id ? held.version < told.version : held.id === id);
