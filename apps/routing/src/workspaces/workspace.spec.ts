import { workspaceAggregate, type WorkspaceEntry, workspaceIdOf, type WorkspaceState, workspaceView } from './workspace.js';

const at = new Date('2026-03-01T10:00:00Z');
const by = { kind: 'system', id: 'cli', name: 'system' } as const;
const id = workspaceIdOf('command-1');

const entry: WorkspaceEntry = {
  _id: `${id}:0000000001`,
  aggregateId: id,
  workspaceId: id,
  seq: 1,
  commandKey: 'k',
  fingerprint: null,
  at,
  type: 'workspace-created',
  actor: by,
  data: { name: 'Sur' },
  published: false,
  version: 1,
};
const state = workspaceAggregate.fold(null, entry);

it('is its own workspace', () => {
  expect(workspaceAggregate.decide(null, { type: 'create', by, name: 'Sur' }, at)).toEqual({ type: 'workspace-created', actor: by, data: { name: 'Sur' } });
  expect(workspaceView(state)).toEqual({ id, name: 'Sur' });
});

it('does not begin twice', () => {
  expect(() => workspaceAggregate.decide(state, { type: 'create', by, name: 'Sur' }, at)).toThrow('commandId: was used by somebody else');
});

it('is told to the world as its view', () => {
  expect(workspaceAggregate.toEvents(null, state, entry)).toEqual([
    expect.objectContaining({ workspaceId: id, fact: 'workspace-created', payload: { noun: 'workspace', workspaceId: id, workspace: { id, name: 'Sur' } } }),
  ]);
});

describe('its admins', () => {
  const after = (...steps: ['join' | 'leave', string, number][]): WorkspaceState =>
    steps.reduce<WorkspaceState>((before, [what, agentId, agentSeq]) => {
      const decision = workspaceAggregate.decide(before, { type: `admin-${what}`, by, agentId, agentSeq }, at);
      return decision ? workspaceAggregate.fold(before, { ...entry, ...decision, seq: before.seq + 1 } as WorkspaceEntry) : before;
    }, state);
  const counted = ({ admins = {} }: WorkspaceState) => Object.keys(admins).filter((id) => admins[id]?.counted);

  it('are counted once', () => {
    expect(counted(after(['join', 'ana', 1], ['join', 'ana', 1], ['join', 'ana', 4], ['join', 'beto', 1]))).toEqual(['ana', 'beto']);
  });

  it('never leave all', () => {
    expect(counted(after(['join', 'ana', 1], ['join', 'beto', 1], ['leave', 'ana', 2]))).toEqual(['beto']);
    expect(() => after(['join', 'ana', 1], ['leave', 'ana', 2])).toThrow('last active admin');
    expect(() => after(['join', 'ana', 1], ['join', 'beto', 1], ['leave', 'ana', 2], ['leave', 'beto', 2])).toThrow('last active admin');
    expect(() => after(['leave', 'ana', 2])).toThrow('last active admin');
  });

  it('who leave are not counted again by news from before, and are by news from after', () => {
    const left = [['join', 'ana', 1], ['join', 'beto', 1], ['leave', 'ana', 2]] as ['join' | 'leave', string, number][];
    expect(counted(after(...left, ['join', 'ana', 1]))).toEqual(['beto']);
    expect(counted(after(...left, ['join', 'ana', 2], ['leave', 'ana', 2]))).toEqual(['ana', 'beto']);
    expect(counted(after(...left, ['join', 'ana', 3], ['leave', 'ana', 2]))).toEqual(['ana', 'beto']);
  });
});
