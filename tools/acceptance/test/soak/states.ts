import { isDeepStrictEqual } from 'node:util';
import type { LiveState } from '@relevo/client';
import type { AgentProfile, AgentView, Entry } from '@relevo/contracts';
import type { Frontend } from './frontend.js';
import { type Lists, readLists, readTimeline } from './reading.js';
import type { Name } from './schedule.js';
import type { Stage } from './stage.js';

/** Whether what each of an agent's frontends holds is what a fresh one would load now. */
export async function faultsOfState(stage: Stage, who: Name, all: readonly Frontend[]): Promise<string[]> {
  const [client] = stage.people[who];
  const frontends = all.filter(({ agentId }) => agentId === client!.agentId);
  const fresh = await readLists(client!);
  const opened = new Set(frontends.flatMap(({ state }) => [...state.timelines.keys()]));
  const visible = fresh.conversations.filter(({ id }) => opened.has(id));
  const timelines = new Map(await Promise.all(visible.map(async ({ id }) => [id, await readTimeline(client!, id)] as const)));
  return frontends.flatMap(({ name, state }) => differences(state, fresh, timelines).map((what) => `${name} holds other ${what}`));
}

function differences(state: LiveState, fresh: Lists, timelines: ReadonlyMap<string, readonly Entry[]>): string[] {
  const nouns = [
    ...(['conversations', 'teams', 'tags'] as const).flatMap((noun) => difference(noun, [...state[noun].values()], fresh[noun])),
    ...difference('agents', [...state.agents.values()].map(profileOf), fresh.agents.map(profileOf)),
  ];
  const entries = [...state.timelines].flatMap(([id, held]) => {
    const expected = timelines.get(id) ?? [];
    return isDeepStrictEqual(held.entries, expected) ? [] : [`entries of ${id}: ${held.entries.map(({ seq }) => seq).join()} instead of ${expected.map(({ seq }) => seq).join()}`];
  });
  return [...nouns, ...entries];
}

/** What a client knows of an agent from the stream; who is connected just now is told beside it. */
const profileOf = ({ status: _status, activeCount: _activeCount, ...profile }: AgentView): AgentProfile => profile;

function difference(noun: string, held: readonly { readonly id: string }[], fresh: readonly { readonly id: string }[]): string[] {
  const expected = new Map(fresh.map((item) => [item.id, item]));
  const other = held.filter((item) => !isDeepStrictEqual(item, expected.get(item.id)));
  const lacking = fresh.filter(({ id }) => !held.some((item) => item.id === id));
  const shown = [...other.map((item) => `${JSON.stringify(item)} instead of ${JSON.stringify(expected.get(item.id))}`), ...lacking.map((item) => `none instead of ${JSON.stringify(item)}`)];
  return shown.map((each) => `${noun}: ${each}`);
}
