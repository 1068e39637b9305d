import { createAgent, createChannel, createQuickReply, createTag, createTeam, createWorkspace, defineAttribute } from '@relevo/contracts';
import { type MessageBus, systemCaller } from '@relevo/messaging';
import type { DemoAccount, DemoChannelKey, SeededWorkspace } from './demo-file.js';
import { patiently } from './patiently.js';
import type { DemoWorkspace } from './story.js';

/** A workspace with what its stories need to find by key. */
export interface WorkspaceInPlace extends SeededWorkspace {
  readonly teamIds: ReadonlyMap<string, string>;
  readonly accounts: ReadonlyMap<string, DemoAccount>;
  readonly channelKeys: ReadonlyMap<string, DemoChannelKey>;
}

/** The same at every seed, so that a second one finds the first. */
const commandIdOf = (...parts: readonly string[]): string => ['demo', ...parts].join('-');

export function found<V>(map: ReadonlyMap<string, V>, key: string): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The demo has no ${key}`);
  return value;
}

async function keyed<T extends { readonly key: string }, V>(items: readonly T[], make: (item: T) => Promise<V>): Promise<Map<string, V>> {
  return new Map(await Promise.all(items.map(async (item) => [item.key, await make(item)] as const)));
}

/** Everything but conversations, asked over NATS as the operator: each command once, however often this runs. */
export async function seedWorkspace(bus: MessageBus, demo: DemoWorkspace, passwordOf: (email: string) => string): Promise<WorkspaceInPlace> {
  const { key, name } = demo;
  const { id } = await patiently(() => bus.request(createWorkspace, { commandId: commandIdOf(key), name }, systemCaller('operator')));
  const caller = systemCaller('operator', id);
  const [teamIds] = await Promise.all([
    keyed(demo.teams, async (team) => (await patiently(() => bus.request(createTeam, { commandId: commandIdOf(key, 'team', team.key), name: team.name }, caller))).id),
    // In their order, which lists keep.
    inOrder(demo.tags, (tag, index) => bus.request(createTag, { commandId: commandIdOf(key, 'tag', String(index)), ...tag }, caller)),
    inOrder(demo.quickReplies, (reply) => bus.request(createQuickReply, { commandId: commandIdOf(key, 'quick-reply', reply.shortcut), ...reply }, caller)),
    inOrder(demo.attributes, (attribute) => bus.request(defineAttribute, { commandId: commandIdOf(key, 'attribute', attribute.key), ...attribute }, caller)),
  ]);
  const [accounts, channelKeys] = await Promise.all([
    keyed(demo.agents, async (agent): Promise<DemoAccount> => {
      const { email, role } = agent;
      const password = passwordOf(email);
      const body = { commandId: commandIdOf(key, 'agent', agent.key), name: agent.name, email, password, role, teamIds: agent.teams.map((team) => found(teamIds, team)) };
      const created = await patiently(() => bus.request(createAgent, body, caller));
      return { id: created.id, name: created.name, email, password, role, teamIds: created.teamIds };
    }),
    keyed(demo.channels, async ({ key: channelKey, team, ...channel }): Promise<DemoChannelKey> => {
      const body = { commandId: commandIdOf(key, 'channel', channelKey), ...channel, ...(team !== undefined && { teamId: found(teamIds, team) }) };
      const created = await patiently(() => bus.request(createChannel, body, caller));
      return { id: created.id, name: created.name, kind: created.kind, secret: created.secret, ...(created.teamId !== undefined && { teamId: created.teamId }) };
    }),
  ]);
  return { id, name, teamIds, accounts, channelKeys, agents: [...accounts.values()], channels: [...channelKeys.values()] };
}

async function inOrder<T>(items: readonly T[], make: (item: T, index: number) => Promise<unknown>): Promise<void> {
  for (const [index, item] of items.entries()) await patiently(() => make(item, index));
}

