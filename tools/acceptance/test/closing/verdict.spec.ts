import { faultsOf, type Raced, type RacedConversation, type TimelineEntry } from './verdict.js';

const hour = 3_600_000;
const due = Date.parse('2026-03-01T10:00:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();

const entry = (seq: number, type: string, at: number, text?: string): TimelineEntry => ({ seq, type, at: iso(at), data: text === undefined ? {} : { text } });
const conversation = (id: string, status: string, timeline: readonly TimelineEntry[], customerId = 'lucia'): RacedConversation => ({ id, status, customer: { id: customerId }, timeline });

const begun = [entry(1, 'opened', due - hour), entry(2, 'message', due - hour, 'hola')];
const written = (conversationId: string, seq: number) => [{ text: '¿sigue ahí?', sentAt: due - 5, acknowledgedAt: due + 20, places: [{ conversationId, seq }] }];
const race = (more: Partial<Raced>): Raced => ({ firstId: 'a', toleranceMs: hour, conversations: [], written: [], ...more });

const kept = race({ conversations: [conversation('a', 'active', [...begun, entry(3, 'message', due + 1, '¿sigue ahí?')])], written: written('a', 3) });
const closedFirst = conversation('a', 'closed', [...begun, entry(3, 'closed', due), entry(4, 'superseded', due + 1)]);
const next = [entry(1, 'opened', due + 1), entry(2, 'message', due + 1, '¿sigue ahí?')];
const reopened = race({ conversations: [closedFirst, conversation('b', 'active', next)], written: written('b', 2) });

it('finds nothing wrong with a conversation that goes on, nor with one that closed before the message and a new one by it', () => {
  expect([kept, reopened].map(faultsOf)).toEqual([[], []]);
});

it.each<[planted: string, Raced, fault: string]>([
  ['a lost message', { ...kept, conversations: [conversation('a', 'active', begun)] }, '"¿sigue ahí?" is there 0 times'],
  ['a message in two timelines', { ...reopened, conversations: [kept.conversations[0]!, reopened.conversations[1]!] }, '"¿sigue ahí?" is there 2 times'],
  ['a message inside a closed conversation', { ...kept, conversations: [conversation('a', 'closed', [...begun, entry(3, 'closed', due), entry(4, 'message', due, '¿sigue ahí?')])] }, 'a has a message after its close'],
  ['an early close', { ...reopened, conversations: [conversation('a', 'closed', [...begun, entry(3, 'closed', due - 1)]), reopened.conversations[1]!] }, 'a closed 1 ms early'],
  ['a close of what was just written to', { ...kept, conversations: [conversation('a', 'closed', [...kept.conversations[0]!.timeline, entry(4, 'closed', due + 2)])] }, `a closed ${hour - 1} ms early`],
  ['a second close', { ...reopened, conversations: [conversation('a', 'closed', [...closedFirst.timeline, entry(5, 'closed', due + 2)]), reopened.conversations[1]!] }, 'a closed 2 times'],
  ['two active conversations', { ...reopened, conversations: [conversation('a', 'active', begun), reopened.conversations[1]!] }, '2 are active'],
  ['a new conversation of somebody else', { ...reopened, conversations: [closedFirst, conversation('b', 'active', next, 'marta')] }, 'they are of several customers'],
  ['an acknowledgement of another place', { ...kept, written: written('a', 4) }, '"¿sigue ahí?" was acknowledged where it is not'],
  ['a time of a machine’s own', { ...kept, conversations: [conversation('a', 'active', [...begun, entry(3, 'message', due + 600_000, '¿sigue ahí?')])] }, '"¿sigue ahí?" has another clock\'s time'],
  ['a gap', { ...kept, conversations: [conversation('a', 'active', [...begun, entry(4, 'message', due, '¿sigue ahí?')])] }, 'a has a gap'],
  ['an empty new conversation', { ...reopened, conversations: [...reopened.conversations, conversation('c', 'closed', [entry(1, 'opened', due - 2 * hour), entry(2, 'closed', due)])] }, 'c was opened by nothing'],
])('reports %s', (_, raced, fault) => {
  expect(faultsOf(raced)).toContain(fault);
});
