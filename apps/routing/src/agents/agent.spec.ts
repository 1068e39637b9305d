import { defaultSettings, type Role } from '@relevo/contracts';
import { agentAggregate, type AgentChange, type AgentEntry, agentIdOf, AgentMovedOn, agentProfile, type CreateAgentCommand, endsAdmin, settingsOf } from './agent.js';

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

it('is told to the world without anything of a password, nor of how they stand', () => {
  expect(agentProfile('ana', state)).toEqual({ id: 'ana', ...data, active: true });
  const [event, ...more] = agentAggregate.toEvents(null, state, entry);
  expect(more).toEqual([]);
  expect(event).toMatchObject({ fact: 'agent-created', aggregateId: 'ana', seq: 1, payload: { noun: 'agent', workspaceId: 'sur', agent: agentProfile('ana', state) } });
});

describe('a change', () => {
  const change = (change: AgentChange, asOf?: number) => agentAggregate.decide(state, { type: 'change', by, change, asOf }, at);

  it('is of what differs alone; of nothing, nothing', () => {
    expect(change({ name: 'Ana', role: 'supervisor', teamIds: ['ventas'], active: true })).toEqual({ type: 'agent-changed', actor: by, data: { role: 'supervisor' } });
    expect(change({ name: 'Ana', capacity: 10, teamIds: ['ventas'], active: true })).toBeNull();
    expect(change({})).toBeNull();
  });

  it('judged on another state than this is judged again', () => {
    expect(() => change({ role: 'admin' }, 2)).toThrow(AgentMovedOn);
    expect(change({ role: 'admin' }, 1)).not.toBeNull();
  });

  it('ends their time as an agent, and begins it again, with nothing left of it', () => {
    const change = (seq: number, data: AgentChange): AgentEntry => ({ ...entry, seq, type: 'agent-changed', data });
    const gone = agentAggregate.fold(state, change(2, { active: false, name: 'Ana M.' }));
    expect(agentProfile('ana', gone)).toMatchObject({ active: false, name: 'Ana M.' });
    expect(agentProfile('ana', agentAggregate.fold(gone, change(3, { capacity: 2 })))).toMatchObject({ active: false, capacity: 2 });
    expect(agentAggregate.fold(gone, change(3, { active: true, name: 'Ana' }))).toEqual({ ...state, seq: 3 });
  });

  it.each<[Role, boolean, AgentChange, boolean]>([
    ['admin', true, { role: 'agent' }, true],
    ['admin', true, { active: false }, true],
    ['admin', true, { name: 'x', role: 'admin', active: true }, false],
    ['admin', false, { role: 'agent' }, false],
    ['supervisor', true, { active: false }, false],
  ])('of one who is %s (active: %s) by %j ends an admin: %s', (role, active, given, ends) => {
    expect(endsAdmin({ ...state, role, ...(!active && { deactivated: true }) }, given)).toBe(ends);
  });
});

describe('settings', () => {
  const change = (change: object) => agentAggregate.decide(state, { type: 'change-settings', by, change }, at);

  it('are the defaults until something of them changes; what a change leaves out stays', () => {
    expect(settingsOf(state)).toEqual({ markReadOn: 'open', locale: 'es', sendKey: 'enter', notifications: { sound: true, desktop: false, messages: true, queue: true, mentions: true }, list: null });
    expect(change({ locale: 'en', notifications: { sound: false } })).toEqual({
      type: 'agent-settings-changed',
      actor: by,
      data: { ...defaultSettings, locale: 'en', notifications: { ...defaultSettings.notifications, sound: false } },
    });
    expect(change({ locale: 'es', notifications: { sound: true }, list: null })).toBeNull();
  });

  it('keep the list chosen last, and forget it when told', () => {
    const list = { sort: 'activity', filters: { unread: true } } as const;
    const chosen = agentAggregate.fold(state, { ...entry, seq: 2, type: 'agent-settings-changed', data: { ...defaultSettings, list } });
    expect(agentAggregate.decide(chosen, { type: 'change-settings', by, change: { locale: 'pt' } }, at)).toMatchObject({ data: { locale: 'pt', list } });
    expect(agentAggregate.decide(chosen, { type: 'change-settings', by, change: { list: null } }, at)).toMatchObject({ data: { list: null } });
  });

  it('are told apart from what colleagues may know', () => {
    const changed: AgentEntry = { ...entry, seq: 2, type: 'agent-settings-changed', data: { ...defaultSettings, locale: 'en' } };
    const [event] = agentAggregate.toEvents(state, agentAggregate.fold(state, changed), changed);
    expect(event?.payload).toEqual({ noun: 'agent', workspaceId: 'sur', agent: agentProfile('ana', state), settings: changed.data });
  });
});
