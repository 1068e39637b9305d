import type { LiveEvent } from '@relevo/client';
import type { AgentProfile, Entry } from '@relevo/contracts';
import { type Answer, faultsOfAnswer, type Told } from './soak/answers.js';
import { Chronicle } from './soak/chronicle.js';
import type { Session, Sight } from './soak/session.js';
import { type Happening, type TrueConversation, trueConversation, type Truth } from './soak/truth.js';
import { faultsOf } from './soak/verdict.js';

/** What judges agents' sight must find each leak that is planted, and nothing in what is right. */
const ana: Sight = { role: 'agent', teamIds: ['one'] };

const entry = (id: string, seq: number, type: Entry['type'], data: object = {}): Entry =>
  ({ conversationId: id, seq, type, visibility: 'internal', at: '2026-01-01T00:00:00.000Z', actor: { kind: 'customer', id: 'lucia', name: 'Lucía' }, data });

const inTeam = (id: string, teamId: string, ...more: Entry[]): TrueConversation =>
  trueConversation(id, { teamId, assigneeId: null }, [entry(id, 1, 'opened'), entry(id, 2, 'message', { text: 'hola' }), ...more]);

const theirs = inTeam('theirs', 'one');
const others = inTeam('others', 'two');
/** Theirs up to its second entry. */
const gone = inTeam('gone', 'one', entry('gone', 3, 'transferred', { from: { teamId: 'one', assigneeId: null }, to: { teamId: 'two', assigneeId: null } }));
const conversations = new Map([theirs, others, gone].map((one) => [one.id, one]));

let chronicle: Chronicle;
beforeEach(() => (chronicle = new Chronicle(new Map([['ana', ana]]))));

const judge = (told: Told, span: Partial<Pick<Answer, 'from' | 'to'>> = {}): string[] => faultsOfAnswer({ name: 'ana', agentId: 'ana', from: performance.now(), to: performance.now(), ...span, told }, conversations, chronicle);

const listing = (id: string, seq = 2): Told => ({ what: 'conversations', seen: [{ id: 'theirs', seq: 2 }, { id, seq }] });
const counting = (unassigned: number): Told => ({ what: 'counts', counts: { unassigned, mine: 0, agents: 0, bot: 0, mineUnread: 0 } });

it('answers that are right have no faults', () => {
  expect(judge(listing('theirs'))).toEqual([]);
  expect(judge(listing('gone'))).toEqual([]);
  expect(judge({ what: 'timeline', id: 'theirs', seqs: [1, 2] })).toEqual([]);
  expect(judge(counting(2))).toEqual([]);
  expect(judge({ what: 'refusal', code: 'NOT_FOUND', id: 'others' })).toEqual([]);
});

it.each<[string, Told, RegExp]>([
  ['list or search of what is another team’s', listing('others'), /not for them/],
  ['list of what was transferred away', listing('gone', 3), /not for them/],
  ['list or search of what is another workspace’s', listing('elsewhere'), /not for them/],
  ['counter of what is another team’s too', counting(3), /never were more than 2/],
  ['counter of what is assigned to others', { what: 'counts', counts: { unassigned: 0, mine: 1, agents: 0, bot: 0, mineUnread: 0 } }, /never were more than 0/],
  ['timeline of what is another team’s', { what: 'timeline', id: 'others', seqs: [1, 2] }, /not for them/],
  ['timeline that goes on after it was transferred away', { what: 'timeline', id: 'gone', seqs: [1, 2, 3] }, /not for them/],
])('a leaking %s is caught', (_, told, fault) => {
  expect(judge(told)).toEqual([expect.stringMatching(fault)]);
});

it('what they may see and do not find is caught', () => {
  chronicle.knows('theirs', 2);
  expect(judge({ what: 'refusal', code: 'NOT_FOUND', id: 'theirs' })).toEqual([expect.stringMatching(/does not find/)]);
});

it('a conversation as it was before the question is caught', () => {
  chronicle.knows('gone', 3);
  expect(judge(listing('gone', 2))).toEqual([expect.stringMatching(/it had come to 3/)]);
});

describe('a change of teams', () => {
  it('counts for what is asked after it was answered, and not before it was asked for', async () => {
    const before = performance.now();
    await chronicle.changing('ana', { teamIds: ['two'] }, () => Promise.resolve());
    expect(judge(listing('others', 2), { from: before })).toEqual([]);
    expect(judge(listing('others', 2), { from: before - 2, to: before - 1 })).toHaveLength(1);
    expect(judge(listing('others', 2))).toEqual([expect.stringMatching(/theirs as of 2, which is not for them/)]);
  });

  it('that was not answered may have happened or not', () => {
    void chronicle.changing('ana', { teamIds: ['two'] }, () => new Promise(() => undefined));
    expect(judge(listing('others'))).toEqual([]);
  });
});

it('who is no agent any more is answered nothing', async () => {
  expect(judge({ what: 'refusal', code: 'UNAUTHENTICATED' })).toEqual([expect.stringMatching(/refused/)]);
  await chronicle.changing('ana', { active: false }, () => Promise.resolve());
  expect(judge({ what: 'refusal', code: 'UNAUTHENTICATED' })).toEqual([]);
  expect(judge(listing('theirs'))).toEqual([expect.stringMatching(/no agent/)]);
});

describe('live events', () => {
  const told = (id: string, seq: number, place: number): LiveEvent => ({ name: 'timeline.entry', payload: { cursor: `e.${place}`, conversationId: id, seq } }) as unknown as LiveEvent;
  const happened = (id: string, seq: number, place: number): Happening => ({ place, noun: 'entry', conversationId: id, seq, payload: JSON.stringify(told(id, seq, place).payload) });
  const truth: Truth = { conversations, initial: new Map([['ana', ana]]), happenings: [happened('theirs', 2, 11), happened('others', 2, 12), happened('gone', 3, 13)] };
  const ready = { name: 'ready', payload: { agent: { id: 'ana', ...ana } as unknown as AgentProfile, cursor: 'e.10', resumed: false } } as unknown as LiveEvent;
  const removed = { name: 'conversation.removed', payload: { cursor: 'e.13', conversationId: 'gone', seq: 3 } } as unknown as LiveEvent;
  const heard = (...events: LiveEvent[]): Session => ({ agentId: 'ana', name: 'ana 1', cursor: null, heard: [ready, ...events], whole: true });

  it('that are right have no faults', () => {
    expect(faultsOf(heard(told('theirs', 2, 11), removed), truth)).toEqual([]);
  });

  it.each([
    ['of what is another team’s', heard(told('theirs', 2, 11), told('others', 2, 12), removed)],
    ['of what was transferred away', heard(told('theirs', 2, 11), told('gone', 3, 13))],
  ])('%s are caught', (_, session) => {
    expect(faultsOf(session, truth)).toHaveLength(1);
  });
});
