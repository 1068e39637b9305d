import { anAgent, refusalOf } from '../../test/a-conversation.js';
import { fromCursor, sourcesOf, toCursor } from './waiting-list.js';

const ana = anAgent('ana', { teamIds: ['ventas'] });

it('asks once per visible team, and once for the teamless', () => {
  expect(sourcesOf(ana, { tray: 'unassigned', status: 'active' })).toEqual([
    { workspaceId: 'sur', status: 'active', tray: 'unassigned', teamId: null },
    { workspaceId: 'sur', status: 'active', tray: 'unassigned', teamId: 'ventas' },
  ]);
});

it('adds to all what is assigned to the agent in teams of others, so that no two queries overlap', () => {
  const sources = sourcesOf(ana, { tray: 'all', status: 'closed' });
  expect(sources).toHaveLength(7);
  expect(sources.at(-1)).toEqual({ workspaceId: 'sur', status: 'closed', assigneeId: 'ana', teamId: { $nin: [null, 'ventas'] } });
});

it('of a team that is not theirs shows an agent only what is assigned to them', () => {
  expect(sourcesOf(ana, { tray: 'unassigned', status: 'active', teamId: 'soporte' })).toEqual([]);
  expect(sourcesOf(ana, { tray: 'all', status: 'active', teamId: 'soporte' })).toEqual([
    { workspaceId: 'sur', status: 'active', assigneeId: 'ana', teamId: 'soporte' },
  ]);
});

it('asks once per tray for whoever sees all', () => {
  const boss = anAgent('boss', { role: 'admin' });
  expect(sourcesOf(boss, { tray: 'agents', status: 'active' })).toEqual([
    { workspaceId: 'sur', status: 'active', tray: 'assigned', assigneeId: { $ne: 'boss' } },
  ]);
  expect(sourcesOf(boss, { tray: 'all', status: 'active' })).toHaveLength(3);
});

it('reads back its own cursors and refuses others', () => {
  expect(fromCursor(toCursor({ order: 1767225600000, id: 'abc' }))).toEqual({ order: 1767225600000, id: 'abc' });
  for (const foreign of ['', 'x', Buffer.from('[1]').toString('base64url'), Buffer.from('["a","b"]').toString('base64url')]) {
    expect(refusalOf(() => fromCursor(foreign))).toBe('VALIDATION_FAILED');
  }
});
