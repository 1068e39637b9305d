import { type CommandOptions, type CustomerEdit, fieldOf, RelevoError, type Refusal, type Store } from '@relevo/client';
import type { AttributeValue, CustomerView, FieldConflict } from '@relevo/contracts';
import type { Field } from './fields';
import { editOf, inputOf, meantBy } from './values';

/** What somebody else made of a field while it was being edited. */
export interface Conflict {
  readonly theirs: AttributeValue | null;
  /** Of the customer with theirs. */
  readonly version: number;
}

/** A field that is being edited. */
export interface Draft {
  readonly text: string;
  /** What stood in it when it was begun. */
  readonly initial: string;
  /** Of the customer that the agent saw. */
  readonly version: number;
  readonly isSaving: boolean;
  /** Why it was not saved. */
  readonly refusal: Refusal | null;
  readonly conflict: Conflict | null;
}

type Kept = Pick<Draft, 'text' | 'initial' | 'version'>;
export type Drafts = ReadonlyMap<string, Draft>;
export type SaveEdit = (edit: CustomerEdit, options: CommandOptions) => Promise<CustomerView>;

/** Where drafts outlive the page. */
export interface DraftArea {
  readonly read: () => string | null;
  readonly write: (text: string | null) => void;
}

const open = (kept: Kept): Draft => ({ ...kept, isSaving: false, refusal: null, conflict: null });

const isTouched = ({ text, initial }: Kept): boolean => text !== initial;

/** What an agent is changing of one customer. Nothing but the agent ends a draft: not what others change, nor a reload. */
export class Edits implements Store<Drafts> {
  private drafts: Drafts;
  private readonly listeners = new Set<() => void>();
  private readonly waits = new Map<string, AbortController>();

  constructor(
    private readonly ask: SaveEdit,
    private readonly area: DraftArea,
  ) {
    this.drafts = new Map(keptIn(area.read()).map(([id, kept]) => [id, open(kept)]));
  }

  readonly getSnapshot = (): Drafts => this.drafts;

  /** Told at once: an input that is typed in must hold what was typed before the next key. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Goes on with what was begun before, if it was. */
  begin({ id }: Pick<Field, 'id'>, customer: CustomerView): void {
    if (this.drafts.has(id)) return;
    const text = inputOf(fieldOf(customer, id));
    this.put(id, open({ text, initial: text, version: customer.version }));
  }

  type(id: string, text: string): void {
    const draft = this.drafts.get(id);
    if (draft && !draft.isSaving) this.put(id, { ...draft, text, refusal: null });
  }

  cancel(id: string): void {
    this.put(id, null);
  }

  /** What nobody has touched follows what is so; a draft stays as it is. */
  follow(customer: CustomerView): void {
    for (const [id, draft] of this.drafts) {
      const text = inputOf(fieldOf(customer, id));
      if (!isTouched(draft) && draft.initial !== text) this.put(id, open({ text, initial: text, version: customer.version }));
    }
  }

  /** Drafts of one who was merged into this customer, of whom their writer has seen nothing. */
  adopt(drafts: Drafts): void {
    for (const [id, { text, initial }] of drafts) {
      if (text !== initial && !this.drafts.has(id)) this.put(id, open({ text, initial, version: 0 }));
    }
  }

  async save(field: Field): Promise<void> {
    const draft = this.drafts.get(field.id);
    if (!draft || draft.isSaving) return;
    if (!isTouched(draft)) return this.cancel(field.id);
    await this.send(field, draft, meantBy(draft.text, field.type));
  }

  /** Takes it out; where there was nothing, there is nothing to do. */
  async clear(field: Field): Promise<void> {
    const draft = this.drafts.get(field.id);
    if (draft && !draft.isSaving) await this.send(field, { ...draft, text: '' }, null);
  }

  /** Both were seen, and one's own is right. `seen`: the customer's version in view. */
  async insist(field: Field, seen: number): Promise<void> {
    const draft = this.drafts.get(field.id);
    if (draft?.conflict && !draft.isSaving) await this.send(field, { ...draft, version: Math.max(seen, draft.conflict.version) }, meantBy(draft.text, field.type));
  }

  /** Both were seen, and a third may be right. */
  goOn(id: string, seen: number): void {
    const draft = this.drafts.get(id);
    if (draft?.conflict) this.put(id, { ...draft, version: Math.max(seen, draft.conflict.version), conflict: null });
  }

  /** Whoever saves waits no longer; it may be done all the same. */
  stopWaiting(id: string): void {
    this.waits.get(id)?.abort();
  }

  private async send(field: Field, draft: Draft, value: AttributeValue | null): Promise<void> {
    const wait = new AbortController();
    this.waits.set(field.id, wait);
    this.put(field.id, { ...draft, isSaving: true, refusal: null });
    try {
      await this.ask(editOf(new Map([[field, value]]), draft.version), { signal: wait.signal });
      this.put(field.id, null);
    } catch (error) {
      const refusal = refusalOf(error);
      const conflict = conflictIn(refusal, field.id);
      const isSaid = conflict === null && refusal.code !== 'ABORTED';
      this.put(field.id, { ...draft, isSaving: false, conflict: conflict ?? draft.conflict, refusal: isSaid ? refusal : null });
    } finally {
      this.waits.delete(field.id);
    }
  }

  private put(id: string, draft: Draft | null): void {
    const drafts = new Map(this.drafts);
    if (draft) drafts.set(id, draft);
    else drafts.delete(id);
    this.drafts = drafts;
    const kept = [...drafts].filter(([, one]) => isTouched(one)).map(([key, { text, initial, version }]) => [key, { text, initial, version }] as const);
    this.area.write(kept.length === 0 ? null : JSON.stringify(Object.fromEntries(kept)));
    for (const listener of this.listeners) listener();
  }
}

/** Of what was thrown; a mistake of ours is told as one. */
export const refusalOf = (error: unknown): Refusal => (error instanceof RelevoError ? error.refusal : { code: 'INTERNAL', message: String(error) });

/** Both values, where it was the same field that somebody else changed. */
export const conflictIn = (refusal: Refusal, id: string): Conflict | null => conflictsIn(refusal).get(id) ?? null;

/** The same of every field that an edit named. */
export function conflictsIn({ code, details = {} }: Refusal): ReadonlyMap<string, Conflict> {
  const { fields = [], version = 0 } = details as { readonly fields?: readonly FieldConflict[]; readonly version?: number };
  return new Map(code === 'CONFLICT' ? fields.map(({ field, theirs }) => [field, { theirs, version }]) : []);
}

/** What is kept may be of another version of this page, or nobody's. */
function keptIn(text: string | null): [string, Kept][] {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (typeof kept !== 'object' || kept === null) return [];
    return Object.entries(kept as Record<string, Partial<Kept> | null>).flatMap(([id, draft]) => {
      const { text: written, initial, version } = draft ?? {};
      return typeof written === 'string' && typeof initial === 'string' && Number.isSafeInteger(version) ? [[id, { text: written, initial, version: version ?? 0 }] as [string, Kept]] : [];
    });
  } catch {
    return [];
  }
}
