import { Controller, Module } from '@nestjs/common';
import {
  type AgentStatusNotice,
  agentStatusSubject,
  AppError,
  type Caller,
  createAgent,
  createWorkspace,
  type HeldConversation,
  type HeldConversations,
  listAgents,
  type ListHeld,
  listHeld,
  type SystemActor,
} from '@relevo/contracts';
import { Handles, requestsOf } from '@relevo/messaging';
import { newId, PlatformModule, readConfig, ServiceConfig } from '@relevo/platform';
import { type Compose, eventually, type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { Loads } from '../src/load/loads.js';

const patienceMs = 60_000;

/** What the owner of conversations knows; null: it is away. */
let conversations: HeldConversation[] | null = [];
const asked: ListHeld[] = [];

@Controller()
class Owner {
  @Handles(listHeld)
  held(request: ListHeld, _: Caller<SystemActor>): Promise<HeldConversations> {
    asked.push(request);
    const { agentId, conversationIds = [] } = request;
    if (conversations === null) return Promise.reject(new AppError('UNAVAILABLE', 'Away.'));
    return Promise.resolve({ items: conversations.filter((one) => one.agentId === agentId || conversationIds.includes(one.conversationId)) });
  }
}

const owner: Compose = (env) => {
  const config = readConfig(ServiceConfig, env);
  @Module({ imports: [PlatformModule.forService('owner', config)], controllers: [Owner] })
  class OwnerModule {}
  return { module: OwnerModule, config, microservices: [requestsOf('owner', config)] };
};

let replicas: Replicas;
let inside: SystemActor & { workspaceId: string };
const ids: Record<string, string> = {};

beforeAll(async () => {
  conversations = null;
  replicas = await startReplicas({ service: 'routing', compose, env: { LOAD_CORRECTION_SECONDS: '1' }, beside: [owner] });
  const system: SystemActor = { kind: 'system', id: 'test' };
  const { id: workspaceId } = await replicas.ask(createWorkspace, { commandId: newId(), name: 'Sur' }, system);
  inside = { ...system, workspaceId };
  // More than one turn looks at.
  for (let index = 0; index < 25; index += 1) {
    const name = `agente ${index}`;
    ids[name] = (await replicas.ask(createAgent, { commandId: newId(), name, email: `${newId()}@sur.example`, password: 'correcto caballo', role: 'agent' }, inside)).id;
  }
});

afterAll(() => replicas?.stop());

async function counted(): Promise<Record<string, number>> {
  const { items } = await replicas.ask(listAgents, { limit: 100 }, inside);
  return Object.fromEntries(items.flatMap(({ name, activeCount }) => (activeCount > 0 ? [[name, activeCount]] : [])));
}

const becomes = (expected: Record<string, number>): Promise<void> => eventually(async () => expect(await counted()).toEqual(expected), patienceMs);

it('what no event told is counted, what is over is counted no more, and each is told of', async () => {
  const told: AgentStatusNotice[] = [];
  replicas.nats.subscribe(agentStatusSubject(inside.workspaceId), { callback: (_, message) => void told.push(message.json<AgentStatusNotice>()) });
  const loads = replicas.apps[0]!.get(Loads);
  const note = (conversationId: string, seq: number, name: string) => loads.note(conversationId, { workspaceId: inside.workspaceId, seq, agentId: ids[name]! });
  const [old, closed, moved, gone] = [newId(), newId(), newId(), newId()];
  await note(closed, 3, 'agente 1');
  await note(moved, 3, 'agente 1');
  await note(gone, 3, 'agente 2');
  expect(await counted()).toEqual({ 'agente 1': 2, 'agente 2': 1 });
  conversations = [
    // Assigned before the stream's first event.
    { conversationId: old, seq: 3, agentId: ids['agente 24']! },
    { conversationId: closed, seq: 9, agentId: null },
    { conversationId: moved, seq: 7, agentId: ids['agente 3']! },
  ];
  await becomes({ 'agente 24': 1, 'agente 3': 1 });
  await eventually(() => {
    const last = new Map(told.map(({ agentId, activeCount }) => [agentId, activeCount]));
    expect(['agente 24', 'agente 3'].map((name) => last.get(ids[name]!))).toEqual([1, 1]);
  }, patienceMs);
});

it('what happens meanwhile is not undone by an answer from before it', async () => {
  const loads = replicas.apps[0]!.get(Loads);
  const conversationId = newId();
  conversations = [{ conversationId, seq: 3, agentId: ids['agente 5']! }];
  await becomes({ 'agente 5': 1 });
  // Of a later entry than the owner's answer, as if that had been on its way.
  await loads.note(conversationId, { workspaceId: inside.workspaceId, seq: 8, agentId: ids['agente 6']! });
  const before = asked.length;
  await eventually(() => expect(asked.slice(before).filter(({ agentId }) => agentId === ids['agente 5'] || agentId === ids['agente 6']).length).toBeGreaterThan(4), patienceMs);
  expect(await counted()).toEqual({ 'agente 6': 1 });
  conversations = [{ conversationId, seq: 8, agentId: ids['agente 6']! }];
  await becomes({ 'agente 6': 1 });
});

it('while the owner is away nothing is believed to be over', async () => {
  conversations = null;
  const before = asked.length;
  await eventually(() => expect(asked.length).toBeGreaterThan(before + 3), patienceMs);
  expect(await counted()).toEqual({ 'agente 6': 1 });
  conversations = [];
  await becomes({});
});
