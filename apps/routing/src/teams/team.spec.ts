import { type CreateTeamCommand, teamAggregate, type TeamChange, type TeamEntry, teamIdOf, teamView } from './team.js';

const at = new Date('2026-03-01T10:00:00Z');
const by = { kind: 'agent', id: 'ana', name: 'Ana' } as const;
const command: CreateTeamCommand = { type: 'create', by, name: 'Ventas', assignment: 'manual' };

const entry: TeamEntry = {
  _id: 'ventas:0000000001',
  aggregateId: 'ventas',
  workspaceId: 'sur',
  seq: 1,
  commandKey: 'k',
  fingerprint: null,
  at,
  type: 'team-created',
  actor: by,
  data: { name: 'Ventas', assignment: 'manual' },
  published: false,
  version: 1,
};
const state = teamAggregate.fold(null, entry);

it('has an id of its workspace and command', () => {
  expect(teamIdOf('sur', 'command-1')).toBe(teamIdOf('sur', 'command-1'));
  expect(teamIdOf('sur', 'command-1')).not.toBe(teamIdOf('norte', 'command-1'));
});

it('begins unarchived', () => {
  expect(teamAggregate.decide(null, command, at)).toEqual({ type: 'team-created', actor: by, data: entry.data });
  expect(teamView('ventas', state)).toEqual({ id: 'ventas', name: 'Ventas', assignment: 'manual', archived: false });
});

it('does not begin twice', () => {
  expect(() => teamAggregate.decide(state, command, at)).toThrow('commandId: was used by somebody else');
});

it('is told to the world as its view', () => {
  expect(teamAggregate.toEvents(null, state, entry)).toEqual([
    expect.objectContaining({ fact: 'team-created', seq: 1, payload: { noun: 'team', workspaceId: 'sur', team: teamView('ventas', state) } }),
  ]);
});

it('changes in what is named and differs alone', () => {
  const change = (given: TeamChange) => teamAggregate.decide(state, { type: 'change', by, change: given }, at);
  expect(change({ name: 'Ventas', assignment: 'manual' })).toBeNull();
  expect(change({ name: 'Ventas', assignment: 'least-busy' })).toEqual({ type: 'team-changed', actor: by, data: { assignment: 'least-busy' } });
  expect(change({ archived: false })).toBeNull();
  expect(change({ archived: true })).toEqual({ type: 'team-changed', actor: by, data: { archived: true } });
  expect(teamAggregate.fold(state, { ...entry, seq: 2, type: 'team-changed', data: { name: 'Cobros' } })).toEqual({ ...state, seq: 2, name: 'Cobros' });
});
