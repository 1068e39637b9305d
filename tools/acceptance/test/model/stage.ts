import { createTag, listAgents, updateTag } from '@relevo/contracts';
import { type AgentSocket, type ApiClient, type ChannelKey, eventually, seedWorkspace, type TestSystem } from '@relevo/testing';
import type { Control } from './control.js';
import { away, channels, type ChannelName, crew, type Ids, type Name, names, type TagName, teams } from './cast.js';
import type { World } from './world.js';

/** A workspace of its own for a scenario. */
export interface Stage {
  readonly system: TestSystem;
  readonly control: Control;
  readonly workspaceId: string;
  readonly ids: Ids;
  /** Each agent at each gateway. */
  readonly clients: Readonly<Record<Name, readonly ApiClient[]>>;
  readonly channels: Readonly<Record<ChannelName, ChannelKey>>;
  /** By which all but one are online. */
  readonly sockets: readonly AgentSocket[];
}

const unknown = 'nobody-has-this-id';

const byName = <T>(make: (name: Name) => T): Record<Name, T> => Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, T>;

export async function setStage(system: TestSystem, control: Control): Promise<Stage> {
  const workspace = await seedWorkspace(system, { teams, agents: crew, channels });
  const gateways = system.running.gatewayUrls;
  const signedIn = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await system.login(workspace.agents[name])]))) as Record<Name, ApiClient>;
  const clients = byName((name) => gateways.map((url) => signedIn[name].at(url)));
  const [tags, sockets] = await Promise.all([makeTags(clients.root[0]!), Promise.all(names.filter((name) => name !== away).map((name) => signedIn[name].connect({ keep: 0 })))]);
  const agents = byName((name) => workspace.agents[name].id);
  await eventually(async () => {
    const { items } = await clients.root[0]!.call(listAgents, { limit: 100 });
    const online = items.filter(({ status }) => status === 'online').map(({ id }) => id);
    expect(online.sort()).toEqual(names.filter((name) => name !== away).map((name) => agents[name]).sort());
  });
  const channelIds = Object.fromEntries(Object.entries(workspace.channels).map(([name, { id }]) => [name, id])) as Ids['channels'];
  const ids: Ids = { agents, teams: { ...workspace.teams, unknown }, channels: channelIds, tags, customers: new Map() };
  return { system, control, workspaceId: workspace.id, ids, clients, channels: workspace.channels, sockets };
}

async function makeTags(root: ApiClient): Promise<Record<TagName, string>> {
  const [vip, complaint, archived] = await Promise.all((['vip', 'complaint', 'archived'] as const).map(async (name) => (await root.call(createTag, { name, color: '#1a2b3c' })).id));
  await root.call(updateTag, { tagId: archived!, archived: true });
  return { vip: vip!, complaint: complaint!, archived: archived!, unknown };
}

/** Nobody wrote yet. */
export const emptyWorld = (): World => ({
  agents: byName((name) => ({ ...crew[name], connected: name !== away, chosen: 'online' })),
  conversations: [],
  entries: [],
});
