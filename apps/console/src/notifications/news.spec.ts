import { type ConversationView, defaultSettings, type Entry, type EntryType } from '@relevo/contracts';
import { isSeenTo, newsOf, shortened } from './news';

const all = { ...defaultSettings.notifications };
const me = { kind: 'agent', id: 'me', name: 'Ana' } as const;
const colleague = { kind: 'agent', id: 'other', name: 'Beto' } as const;
const customer = { kind: 'customer', id: 'c', name: 'Rosa' } as const;
const system = { kind: 'system', id: 'routing', name: '' } as const;
const entry = (type: EntryType, actor: Entry['actor'], data: object = {}): Entry => ({ conversationId: 'x', seq: 2, type, visibility: 'internal', at: '', actor, data });
const conversation = (change: Partial<ConversationView> = {}) => ({ id: 'x', assigneeId: null, tray: 'unassigned', ...change }) as ConversationView;
const mine = conversation({ assigneeId: 'me', tray: 'assigned' });
const theirs = conversation({ assigneeId: 'other', tray: 'assigned' });

it.each([
  ['a customer’s message in one’s own', entry('message', customer), mine, 'message'],
  ['a customer’s message in another’s', entry('message', customer), theirs, null],
  ['a customer’s message in the queue', entry('message', customer), conversation(), null],
  ['a colleague’s message in one’s own', entry('message', colleague), mine, null],
  ['a note that mentions one', entry('note', colleague, { text: '', mentions: ['me'] }), theirs, 'mention'],
  ['a note that mentions another', entry('note', colleague, { text: '', mentions: ['x'] }), mine, null],
  ['one’s own note', entry('note', me, { text: '', mentions: ['me'] }), mine, null],
  ['an automatic assignment to one', entry('assigned', system, { from: 'unassigned', agentId: 'me' }), mine, 'assigned'],
  ['one’s own claim', entry('assigned', me, { from: 'unassigned', agentId: 'me' }), mine, null],
  ['another’s claim', entry('assigned', colleague, { from: 'unassigned', agentId: 'other' }), theirs, null],
  ['a transfer to one', entry('transferred', colleague, { to: { assigneeId: 'me', teamId: null } }), mine, 'transferred'],
  ['a transfer to another', entry('transferred', colleague, { to: { assigneeId: 'x', teamId: null } }), theirs, null],
  ['a transfer to a team', entry('transferred', colleague, { to: { assigneeId: null, teamId: 't' } }), conversation(), 'queue'],
  ['one’s own transfer to a team', entry('transferred', me, { to: { assigneeId: null, teamId: 't' } }), conversation(), null],
  ['a new conversation in the queue', entry('opened', customer), conversation(), 'queue'],
  ['a new conversation with the bot', entry('opened', customer), conversation({ tray: 'bot' }), null],
  ['a hand-over by the bot', entry('handed-over', { kind: 'bot', id: 'b', name: '' }), conversation(), 'queue'],
  ['a return to the queue', entry('released', system), conversation(), 'queue'],
  ['one’s own release', entry('released', me), conversation(), null],
  ['a tag', entry('tagged', colleague), mine, null],
])('%s is %#', (_, what, where, topic) => expect(newsOf(what, where, 'me', all)?.topic ?? null).toBe(topic));

it.each([
  ['messages', entry('message', customer), mine],
  ['messages', entry('transferred', colleague, { to: { assigneeId: 'me', teamId: null } }), mine],
  ['mentions', entry('note', colleague, { text: '', mentions: ['me'] }), theirs],
  ['queue', entry('opened', customer), conversation()],
] as const)('without %s in the settings it is no news', (setting, what, where) => expect(newsOf(what, where, 'me', { ...all, [setting]: false })).toBeNull());

it('what was read or answered is seen to', () => {
  const seen = [entry('read', me), entry('mentions-seen', me), entry('message', me), entry('message', colleague), entry('closed', system)];
  expect(seen.map((one) => isSeenTo(one, 'me'))).toEqual([true, true, true, true, true]);
  expect([entry('read', colleague), entry('mentions-seen', colleague), entry('message', customer), entry('note', colleague)].map((one) => isSeenTo(one, 'me'))).toEqual([false, false, false, false]);
});

it('texts are short, in one line, and break no character', () => {
  expect(shortened(' uno\n\n  dos ')).toBe('uno dos');
  expect(shortened('🐶'.repeat(121))).toBe(`${'🐶'.repeat(119)}…`);
  expect(shortened('🐶'.repeat(120))).toBe('🐶'.repeat(120));
});
