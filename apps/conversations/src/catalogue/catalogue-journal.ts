import { type AgentActor, entryActorOf, notFound, type SystemActor, workspaceOf } from '@relevo/contracts';
import { commandKeyOf, Journal } from '@relevo/journal';
import { digestId } from '@relevo/platform';
import type { CatalogueCommand, CatalogueEntry, CatalogueItem, CatalogueState } from './catalogue.js';

type Admin = AgentActor | SystemActor;

/** The catalogues of one kind, one for each workspace. */
export abstract class CatalogueJournal<Noun extends string, Item extends CatalogueItem> extends Journal<
  CatalogueState<Item>,
  CatalogueEntry<Noun, Item>,
  CatalogueCommand<Item>
> {
  /** Names the kind in ids. */
  protected abstract readonly kind: string;

  async all(workspaceId: string): Promise<readonly Item[]> {
    return (await this.load(this.idOf(workspaceId)))?.items ?? [];
  }

  /** The item as its command made it; its id follows from the command. */
  async create(actor: Admin, command: string, request: { commandId: string }, itemOf: (id: string) => Item): Promise<Item> {
    const key = commandKeyOf(actor, command, request);
    const item = itemOf(digestId(this.kind, key.commandKey));
    const { entry } = await this.append({ ...this.place(actor), command: { type: 'create', by: entryActorOf(actor), item }, ...key });
    return entry?.data ?? item;
  }

  /** The item as it is from then on. */
  async change(actor: Admin, command: string, request: { commandId: string }, id: string, changes: Partial<Omit<Item, 'id'>>): Promise<Item> {
    const key = commandKeyOf(actor, command, request);
    const { entry, state } = await this.append({ ...this.place(actor), command: { type: 'change', by: entryActorOf(actor), id, changes }, ...key });
    const item = entry?.data ?? state.items.find((known) => known.id === id);
    if (!item) throw notFound(this.kind);
    return item;
  }

  private place(actor: Admin): { workspaceId: string; aggregateId: string } {
    const workspaceId = workspaceOf(actor);
    return { workspaceId, aggregateId: this.idOf(workspaceId) };
  }

  private idOf(workspaceId: string): string {
    return digestId(`${this.kind}s`, workspaceId);
  }
}
