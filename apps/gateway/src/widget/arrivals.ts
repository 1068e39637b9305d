import type { PublicEntry } from '@relevo/contracts';

/** What happens to visitors whose sockets are not ready yet, by room, until they are. */
export class Arrivals {
  private readonly byRoom = new Map<string, Set<PublicEntry[]>>();

  /** From now on what happens is added to the answer. */
  begin(room: string): PublicEntry[] {
    const missed: PublicEntry[] = [];
    const others = this.byRoom.get(room);
    if (others) others.add(missed);
    else this.byRoom.set(room, new Set([missed]));
    return missed;
  }

  happened(room: string, entry: PublicEntry): void {
    for (const missed of this.byRoom.get(room) ?? []) missed.push(entry);
  }

  end(room: string, missed: PublicEntry[]): void {
    const others = this.byRoom.get(room);
    others?.delete(missed);
    if (others?.size === 0) this.byRoom.delete(room);
  }
}
