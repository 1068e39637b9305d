import { copyOf } from './stored-conversations.js';

const hour = 60 * 60 * 1000;
const at = new Date('2026-01-01T12:00:00Z');
const waiting = { _id: 'a', workspaceId: 'sur', tray: 'unassigned', assigneeId: null, number: 1, identityKey: 'i', unread: { count: 1, since: at }, lastInteractionAt: at, closedAt: null, orders: { waiting: at.getTime() }, replies: [{ at }] };

it('makes every time earlier by the same, and the order with them', () => {
  const earlier = new Date(at.getTime() - hour);
  expect(copyOf(waiting, 7, hour)).toMatchObject({ tray: 'unassigned', unread: { count: 1, since: earlier }, lastInteractionAt: earlier, closedAt: null, orders: { waiting: earlier.getTime() }, replies: [{ at: earlier }] });
  const answered = { ...waiting, orders: { waiting: 2 ** 52 - at.getTime() } };
  expect(copyOf(answered, 7, hour).orders.waiting).toBe(2 ** 52 - earlier.getTime());
});

it('is nobody else, and the same each time', () => {
  expect(copyOf(waiting, 7, 0)).toEqual(copyOf(waiting, 7, 0));
  const [one, two] = [copyOf(waiting, 7, 0), copyOf(waiting, 8, 0)];
  for (const name of ['_id', 'identityKey', 'number'] as const) expect(new Set([one[name], two[name], waiting[name]]).size).toBe(3);
  const assigned = copyOf({ ...waiting, assigneeId: 'ana' }, 7, 0);
  expect(assigned.assigneeId).not.toBe('ana');
  expect([one.assigneeId, assigned.assigneeId]).toEqual([null, expect.any(String)]);
});
