import { workspaceAggregate, type WorkspaceEntry, workspaceIdOf, workspaceView } from './workspace.js';

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
