import { type Audience, type AuthorKind, type ConversationEvent, type CountKey, type EntryType } from '@relevo/contracts';
import { touchedBy } from './touched-keys.js';

const teamless: Audience = { teamId: null, assigneeId: null };
const ventas: Audience = { teamId: 'ventas', assigneeId: null };
const anas: Audience = { teamId: 'ventas', assigneeId: 'ana' };
const betos: Audience = { teamId: null, assigneeId: 'beto' };

const happened = (type: EntryType, before: Audience | null, after: Audience, { by = 'agent', unread = 0, marked = false, named = [], unseen = [] }: { by?: AuthorKind; unread?: number; marked?: boolean; named?: string[]; unseen?: string[] } = {}): ConversationEvent =>
  ({
    noun: 'conversation',
    workspaceId: 'sur',
    entry: { type, actor: { kind: by, id: 'eva' }, data: { mentions: named } },
    conversation: { unread: { count: unread, marked }, ...(unseen.length > 0 && { mentions: unseen.map((agentId) => ({ agentId, seq: 2 })) }) },
    before,
    after,
  }) as unknown as ConversationEvent;

it.each<[string, ConversationEvent, CountKey[]]>([
  ['opened with the bot', happened('opened', null, teamless), ['all', 'queue:-']],
  ['opened by an agent', happened('opened', null, anas), ['all', 'queue:ventas', 'agent:ana']],
  ['handed over to a team', happened('handed-over', teamless, ventas), ['all', 'queue:-', 'queue:ventas']],
  ['assigned', happened('assigned', ventas, anas), ['all', 'queue:ventas', 'agent:ana']],
  ['released', happened('released', anas, ventas), ['all', 'queue:ventas', 'agent:ana']],
  ['transferred to an agent of another team', happened('transferred', anas, betos), ['all', 'queue:ventas', 'agent:ana', 'queue:-', 'agent:beto']],
  ['taken back', happened('transfer-undone', betos, anas), ['all', 'queue:-', 'agent:beto', 'queue:ventas', 'agent:ana']],
  ['closed', happened('closed', anas, anas), ['all', 'queue:ventas', 'agent:ana']],
  ['opened again', happened('close-undone', anas, anas), ['all', 'queue:ventas', 'agent:ana']],
  ['marked as unread', happened('marked-unread', anas, anas, { marked: true }), ['agent:ana']],
  ['first message of a customer', happened('message', anas, anas, { by: 'customer', unread: 1 }), ['agent:ana']],
  ['second message of a customer', happened('message', anas, anas, { by: 'customer', unread: 2 }), []],
  ['message in a marked one', happened('message', anas, anas, { by: 'customer', unread: 1, marked: true }), []],
  ['message in a queue', happened('message', ventas, ventas, { by: 'customer', unread: 1 }), []],
  ['message of a bot', happened('message', anas, anas, { by: 'bot', unread: 1 }), []],
  ['note that names nobody', happened('note', anas, anas), []],
  ['note that names two', happened('note', anas, anas, { named: ['beto', 'eva'] }), ['agent:beto', 'agent:eva']],
  ['transferred, with notes that were not seen', happened('transferred', ventas, anas, { unseen: ['beto'] }), ['all', 'queue:ventas', 'agent:ana', 'agent:beto']],
  ['tag', happened('tagged', anas, anas), []],
  ['delivery', happened('delivery', anas, anas), []],
  ['renamed customer', happened('customer-changed', anas, anas), []],
  ['superseded', happened('superseded', anas, anas), []],
])('%s touches the counts it may change, and no others', (_, event, keys) => {
  expect(touchedBy(event)).toEqual({ keys });
});

it('who has seen what names them is concerned, if something did', () => {
  expect(touchedBy(happened('mentions-seen', anas, anas))).toEqual({ keys: ['agent:eva'], onlyReads: true });
});

it.each<[string, ConversationEvent]>([
  ['read by its assignee', happened('read', anas, anas)],
  ['answered by its assignee or a supervisor', happened('message', anas, anas)],
])('%s concerns only who has something unread', (_, event) => {
  expect(touchedBy(event)).toEqual({ keys: ['agent:ana'], onlyReads: true });
});
