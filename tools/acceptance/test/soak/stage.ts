import { randomUUID } from 'node:crypto';
import { createTag, listAgents, updateAgent } from '@relevo/contracts';
import { type ApiClient, type ChannelKey, eventually, seedWorkspace, type TestSystem } from '@relevo/testing';
import type { Change } from './chronicle.js';
import { type ChannelName, crew, type Name, names, type Team, teams } from './schedule.js';
import { persist } from '../support/returning-agent.js';
import { sameSight, sightOf } from './session.js';
import { type Happening, tellsOf } from './truth.js';
import { Witness } from './witness.js';

/** Longer than anything takes on a busy machine; only keeps a broken run from hanging. */
export const patienceMs = 120_000;

/** A workspace for one schedule after the other: people who signed in, channels, and a witness. */
export interface Stage {
  readonly people: Readonly<Record<Name, readonly ApiClient[]>>;
  readonly admin: readonly ApiClient[];
  readonly channels: Readonly<Record<ChannelName, ChannelKey>>;
  readonly teamIds: Readonly<Record<Team, string>>;
  readonly tagId: string;
  /** Of each channel, by its id. */
  readonly teamOfChannel: ReadonlyMap<string, string | null>;
  readonly witness: Witness;
  /** Every conversation that was made here, the newest last. */
  readonly conversationIds: Set<string>;
}

async function everywhere(system: TestSystem, credentials: Parameters<TestSystem['login']>[0]): Promise<ApiClient[]> {
  const client = await persist(() => system.login(credentials));
  return system.running.gatewayUrls.map((url) => client.at(url));
}

export async function setStage(system: TestSystem): Promise<Stage> {
  const wish = { teams, agents: { ...crew, root: { role: 'admin' } }, channels: { one: { team: 'one' }, two: { team: 'two' }, general: {}, bot: { bot: true, team: 'one' } } } as const;
  const { agents, channels, teams: teamIds } = await seedWorkspace(system, wish);
  const admin = await everywhere(system, agents.root);
  const people = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await everywhere(system, agents[name])] as const))) as Record<Name, ApiClient[]>;
  const teamOfChannel = new Map<string, string | null>([
    [channels.one.id, teamIds.one],
    [channels.two.id, teamIds.two],
    [channels.general.id, null],
    [channels.bot.id, teamIds.one],
  ]);
  return { people, admin, channels, teamIds, tagId: await newTag(admin), teamOfChannel, witness: await Witness.at(admin), conversationIds: new Set() };
}

const newTag = async ([root]: readonly ApiClient[]): Promise<string> => (await root!.call(createTag, { name: randomUUID(), color: '#1a2b3c' })).id;

/** A tag that everyone hears of: whoever has it has all that was published before it. */
export const mark = ({ admin }: Stage): Promise<string> => newTag(admin);

export async function changeAgent({ admin }: Stage, replica: number, agentId: string, { teamIds, ...change }: Change): Promise<void> {
  await admin[replica]!.call(updateAgent, { agentId, ...change, ...(teamIds && { teamIds: [...teamIds] }) });
}

/** Everybody as they were at first, and told so; answers the place in the stream from which the next schedule begins. */
export async function reset(stage: Stage): Promise<number> {
  const { witness, people, teamIds, admin } = stage;
  const before = witness.place;
  const { items } = await admin[0]!.call(listAgents, { limit: 100 });
  for (const name of names) {
    const { agentId } = people[name][0]!;
    const now = items.find(({ id }) => id === agentId)!;
    const first = sightOf({ ...now, role: crew[name].role, teamIds: crew[name].teams.map((team) => teamIds[team]) });
    if (sameSight(sightOf(now), first)) continue;
    await changeAgent(stage, 0, agentId, first);
    await untilKnown(stage, before, (one) => one.noun === 'agent' && one.agentId === agentId && sameSight(one.sight, first));
  }
  const tagId = await mark(stage);
  await untilKnown(stage, before, tellsOf(tagId));
  const { place } = witness;
  witness.forget();
  return place;
}

/** Every gateway told a supervisor of it. */
export async function untilKnown({ witness }: Stage, place: number, fits: (one: Happening) => boolean): Promise<void> {
  await eventually(() => {
    if (!witness.knows(place, fits)) throw new Error(`no gateway told of what should be there after ${place}: ${String(fits)}`);
  }, patienceMs);
}
