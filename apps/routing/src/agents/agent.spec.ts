import { agentAggregate, type AgentEntry, agentIdOf, agentView, type CreateAgentCommand } from './agent.js';

const at = new Date('2026-03-01T10:00:00Z');
const by = { kind: 'system', id: 'cli', name: 'system' } as const;
const command: CreateAgentCommand = { type: 'create', by, name: 'Ana', email: 'Ana@sur.example', role: 'agent', capacity: 10, teamIds: ['ventas'] };
const data = { name: 'Ana', email: 'Ana@sur.example', role: 'agent', capacity: 10, teamIds: ['ventas'] } as const;

const entry: AgentEntry = {
  _id: 'ana:0000000001',
  aggregateId: 'ana',
  workspaceId: 'sur',
  seq: 1,
  commandKey: 'k',
  fingerprint: null,
  at,
  type: 'agent-created',
  actor: by,
  data: { ...data, teamIds: ['ventas'] },
  published: false,
  version: 1,
};
const state = agentAggregate.fold(null, entry);

it('gives one email one id, whatever its case', () => {
  expect(agentIdOf('ANA@Sur.example')).toBe(agentIdOf('ana@sur.example'));
  expect(agentIdOf('ana@sur.example')).not.toBe(agentIdOf('ana@norte.example'));
});

it('begins with what was asked', () => {
  expect(agentAggregate.decide(null, command, at)).toEqual({ type: 'agent-created', actor: by, data });
  expect(state).toEqual({ workspaceId: 'sur', seq: 1, at, ...data });
});

it('has an email for one agent only', () => {
  expect(() => agentAggregate.decide(state, command, at)).toThrow('email: is taken');
});

it('is told to the world as offline and without load, and without anything of a password', () => {
  expect(agentView('ana', state)).toEqual({ id: 'ana', ...data, status: 'offline', activeCount: 0 });
  const [event, ...more] = agentAggregate.toEvents(null, state, entry);
  expect(more).toEqual([]);
  expect(event).toMatchObject({ fact: 'agent-created', aggregateId: 'ana', seq: 1, payload: { noun: 'agent', workspaceId: 'sur', agent: agentView('ana', state) } });
});
