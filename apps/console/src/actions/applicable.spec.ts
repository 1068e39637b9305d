import { applicable, maySend } from './applicable';

const ana = { id: 'ana', role: 'agent' } as const;
const boss = { id: 'eva', role: 'supervisor' } as const;
const now = Date.parse('2026-01-01T10:00:00Z');
const mine = { status: 'active', tray: 'assigned', assigneeId: 'ana', unread: { count: 0, marked: false }, undoUntil: null } as const;
const queued = { ...mine, tray: 'unassigned', assigneeId: null } as const;

it.each([
  ['one’s own that is read', mine, ana, ['markUnread', 'transfer', 'release', 'close']],
  ['one’s own that is unread', { ...mine, unread: { count: 2, marked: false } }, ana, ['markRead', 'transfer', 'release', 'close']],
  ['one’s own that is marked', { ...mine, unread: { count: 0, marked: true } }, ana, ['markRead', 'transfer', 'release', 'close']],
  ['a colleague’s', { ...mine, assigneeId: 'beto' }, ana, []],
  ['an agent’s, for who supervises', mine, boss, ['transfer', 'release', 'close']],
  ['one in the queue', queued, ana, ['claim', 'transfer']],
  ['one with the bot', { ...queued, tray: 'bot' } as const, ana, ['claim', 'transfer']],
  ['a closed one', { ...mine, status: 'closed' } as const, ana, []],
  ['one closed just now', { ...mine, status: 'closed', undoUntil: '2026-01-01T10:00:05Z' } as const, ana, ['undo']],
  ['one closed a while ago', { ...mine, status: 'closed', undoUntil: '2026-01-01T09:59:59Z' } as const, ana, []],
])('to %s applies', (_, conversation, me, expected) => {
  expect([...applicable(conversation, me, now)]).toEqual(expected);
});

it('who supervises steps in where an agent attends, and claims where nobody does', () => {
  expect([maySend(mine, ana), maySend(mine, boss), maySend(queued, boss), maySend({ ...mine, assigneeId: 'beto' }, ana), maySend({ ...mine, status: 'closed' }, ana)]).toEqual([true, true, false, false, false]);
});
