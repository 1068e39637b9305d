import type { RelevoClient } from '@relevo/client';
import { Edits } from './edits';

type Area = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What an agent is changing of whichever customers, whether it is on the screen or not. */
export class AllEdits {
  private readonly byCustomer = new Map<string, Edits>();

  constructor(
    private readonly relevo: RelevoClient,
    private readonly agentId: string,
    private readonly area: Area,
  ) {}

  of(customerId: string): Edits {
    const known = this.byCustomer.get(customerId) ?? this.made(customerId);
    this.byCustomer.set(customerId, known);
    return known;
  }

  /** Two customers were one person: what was being changed of the one is of the other. */
  follow(customerId: string, intoId: string): void {
    const edits = this.of(customerId);
    const drafts = edits.getSnapshot();
    this.of(intoId).adopt(drafts);
    for (const id of drafts.keys()) edits.cancel(id);
  }

  private made(customerId: string): Edits {
    const key = `relevo.edit.${this.agentId}.${customerId}`;
    return new Edits((edit, options) => this.relevo.customerCommands.update(customerId, edit, options), {
      read: () => this.area.getItem(key),
      write: (text) => {
        // A storage that is full, or not allowed, takes away that drafts survive a reload, and nothing else.
        try {
          if (text === null) this.area.removeItem(key);
          else this.area.setItem(key, text);
        } catch {
          // Said above.
        }
      },
    });
  }
}
