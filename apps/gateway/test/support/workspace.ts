import type { AgentView } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { Events } from './events.js';
import type { LiveClient } from './live-client.js';
import type { System } from './system.js';

export const everyone = { teamId: null, assigneeId: null };
export const inTeam = (teamId: string) => ({ teamId, assigneeId: null });

/** A new workspace: its agents, and what happens in it. */
export class Workspace {
  readonly id = newId();
  readonly events: Events;

  constructor(private readonly system: System) {
    this.events = new Events(system.services, this.id);
  }

  hire(name: string, more: Partial<AgentView> = {}): AgentView {
    return this.system.services.hire(name, more, this.id);
  }

  /** Waits until each of them has heard all that was published by now. */
  async settle(...clients: LiveClient[]): Promise<void> {
    const tag = await this.events.tag();
    await Promise.all(clients.map((client) => client.hear('tag.updated', { tag })));
  }
}
