import type { EntryActor } from '@relevo/contracts';
import type { CustomerCommand, CustomerEntry, CustomerState } from '../src/customers/customer.js';
import { decide } from '../src/customers/decide.js';
import { fold } from '../src/customers/fold.js';

export const ana: EntryActor = { kind: 'agent', id: 'ana', name: 'Ana' };
export const beto: EntryActor = { kind: 'agent', id: 'beto', name: 'Beto' };
const channel: EntryActor = { kind: 'system', id: 'api', name: 'channel' };

/** Plays commands on one customer as the journal would, a second apart. */
export class CustomerStory {
  state: CustomerState | null = null;
  readonly entries: CustomerEntry[] = [];

  static created(attributes: Record<string, string> = {}, externalId = '+541'): CustomerStory {
    const story = new CustomerStory();
    story.does({ type: 'create', by: channel, identity: { channelId: 'api', externalId }, name: null, attributes });
    return story;
  }

  get now(): CustomerState {
    if (!this.state) throw new Error('nothing happened yet');
    return this.state;
  }

  does(command: CustomerCommand): CustomerEntry | null {
    const decision = decide(this.state, command);
    if (decision === null) return null;
    const seq = (this.state?.seq ?? 0) + 1;
    const at = new Date(Date.UTC(2026, 2, 1) + seq * 1_000);
    const entry = { _id: `c:${seq}`, aggregateId: 'c', workspaceId: 'sur', seq, commandKey: `${seq}`, fingerprint: null, at, published: false, version: 1, ...decision } as CustomerEntry;
    this.entries.push(entry);
    this.state = fold(this.state, entry);
    return entry;
  }

  collects(attributes: Record<string, string>): CustomerEntry | null {
    return this.does({ type: 'collect', by: channel, identity: this.now.identities[0]!, name: null, attributes });
  }

  edits(by: EntryActor, version: number, changes: { set?: Record<string, string | number | boolean>; unset?: string[]; name?: string }): CustomerEntry | null {
    return this.does({ type: 'edit', by, version, set: changes.set ?? {}, unset: changes.unset ?? [], name: changes.name ?? null });
  }
}
