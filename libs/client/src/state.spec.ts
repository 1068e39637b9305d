import type { AgentView, ConversationView, Entry } from '@relevo/contracts';
import { apply } from './apply.js';
import { emptyState, type LiveEvent, type LiveState } from './live-state.js';
import { load, wanted } from './load.js';
import { loadTimeline, open, shut } from './timelines.js';

const ana = { id: 'ana', role: 'agent', teamIds: ['one'] } as unknown as AgentView;
const view = (id: string, seq: number): ConversationView => ({ id, seq }) as ConversationView;
const entry = (id: string, seq: number): Entry => ({ conversationId: id, seq }) as Entry;
const cursor = 'e.1';

const ready = (resumed: boolean): LiveEvent => ({ name: 'ready', payload: { agent: ana, cursor, resumed } });
const resync: LiveEvent = { name: 'resync_required', payload: { reason: 'sight-changed' } };
const happened = (id: string, seq: number, at = cursor): LiveEvent => ({
  name: 'timeline.entry',
  payload: { cursor: at, conversationId: id, seq, entry: entry(id, seq), conversation: view(id, seq) },
});
const gone = (id: string, seq: number): LiveEvent => ({ name: 'conversation.removed', payload: { cursor, conversationId: id, seq } });

const after = (state: LiveState, ...events: LiveEvent[]): LiveState => events.reduce(apply, state);
const loaded = (state: LiveState, ...conversations: ConversationView[]): LiveState =>
  load(state, { reload: state.reloads, conversations, agents: [ana], teams: [], tags: [] });
const held = ({ conversations }: LiveState): string[] => [...conversations.values()].map(({ id, seq }) => `${id}${seq}`).sort();
const seqs = (state: LiveState, id: string): number[] | undefined => state.timelines.get(id)?.entries.map(({ seq }) => seq);

const begun = after(emptyState, ready(false));

describe('lists', () => {
  it('are wanted when it begins anew or is told to reload, not when it resumes', () => {
    expect(wanted(begun).reload).toBe(1);
    const current = loaded(begun);
    expect(wanted(current).reload).toBeNull();
    expect(wanted(after(current, ready(true))).reload).toBeNull();
    expect(wanted(after(current, ready(false))).reload).toBe(2);
    expect(wanted(after(current, resync)).reload).toBe(2);
  });

  it('of an earlier reload change nothing', () => {
    const late = { reload: begun.reloads, conversations: [view('a', 1)], agents: [], teams: [], tags: [] };
    expect(load(after(begun, resync), late).conversations.size).toBe(0);
    expect(load(loaded(begun), late).conversations.size).toBe(0);
  });

  it('give way to a newer view that came live, and replace an older one', () => {
    const current = loaded(after(begun, happened('a', 5), happened('b', 2)), view('a', 4), view('b', 3));
    expect(held(current)).toEqual(['a5', 'b3']);
    expect(held(after(current, happened('b', 3), happened('b', 2)))).toEqual(['a5', 'b3']);
  });

  it('keep what only an event showed, and drop what neither shows', () => {
    const known = loaded(begun, view('a', 1), view('b', 1));
    expect(held(loaded(after(known, resync, happened('c', 1)), view('a', 1)))).toEqual(['a1', 'c1']);
  });

  it('may hold one conversation twice, as it moved from list to list', () => {
    expect(held(loaded(begun, view('a', 3), view('a', 2)))).toEqual(['a3']);
  });

  it('do not bring back what was taken away since they were read, and do what came back', () => {
    expect(held(loaded(after(begun, happened('a', 1), gone('a', 2)), view('a', 1)))).toEqual([]);
    expect(held(loaded(after(begun, gone('a', 2)), view('a', 3)))).toEqual(['a3']);
    expect(held(loaded(after(begun, gone('a', 2), happened('a', 3)), view('a', 1)))).toEqual(['a3']);
  });

  it('that were read later than a removal that is told only now win over it', () => {
    expect(held(after(loaded(begun, view('a', 4)), gone('a', 3)))).toEqual(['a4']);
    expect(held(after(loaded(begun, view('a', 4)), gone('a', 5)))).toEqual([]);
  });

  it('of agents, teams and tags give way to what an event told meanwhile', () => {
    const renamed = { ...ana, name: 'Ana M.' };
    const current = loaded(after(begun, { name: 'agent.updated', payload: { cursor: 'e.2', agent: renamed } }));
    expect(current).toMatchObject({ me: renamed, cursor: 'e.2' });
    expect(current.agents.get('ana')).toMatchObject(renamed);
  });

  it('of attributes give way to what an event told meanwhile, in the order of the list', () => {
    const attribute = (key: string, label: string) => ({ key, label, type: 'text' as const, required: false, readOnly: false, options: [] });
    const told = (...attributes: ReturnType<typeof attribute>[]): LiveState => after(begun, ...attributes.map((each) => ({ name: 'attribute.updated' as const, payload: { cursor, attribute: each } })));
    const listed = { reload: begun.reloads, conversations: [], agents: [], teams: [], tags: [], attributes: [attribute('ciudad', 'Ciudad'), attribute('edad', 'Edad')] };
    const current = load(told(attribute('ciudad', 'Localidad'), attribute('policy', 'Póliza')), listed);
    expect([...current.attributes.values()].map(({ label }) => label)).toEqual(['Localidad', 'Edad', 'Póliza']);
    const renamed = after(current, { name: 'attribute.updated', payload: { cursor, attribute: attribute('edad', 'Años') } });
    expect([...renamed.attributes.values()].map(({ label }) => label)).toEqual(['Localidad', 'Años', 'Póliza']);
  });
});

it('counts of trays are those told last', () => {
  const told = (bot: number): LiveEvent => ({ name: 'counts.updated', payload: { unassigned: 1, mine: 2, agents: 3, bot, mineUnread: 1 } });
  expect(begun.counts).toBeNull();
  expect(after(begun, told(4), told(5), resync)).toMatchObject({ cursor, counts: { unassigned: 1, mine: 2, agents: 3, bot: 5, mineUnread: 1 } });
});

describe('a timeline', () => {
  const current = open(loaded(begun, view('a', 3)), 'a');
  const answered = (state: LiveState, from: number, to: number): LiveState =>
    loadTimeline(state, { reloads: state.reloads, conversationId: 'a', entries: Array.from({ length: to - from + 1 }, (_, index) => entry('a', from + index)) });

  it('is wanted once it is open, and goes on live once it is loaded', () => {
    expect(wanted(current).timelines).toEqual(['a']);
    const known = answered(current, 1, 3);
    expect(wanted(known).timelines).toEqual([]);
    expect(seqs(after(known, happened('a', 3), happened('a', 4)), 'a')).toEqual([1, 2, 3, 4]);
    expect(seqs(shut(known, 'a'), 'a')).toBeUndefined();
    expect(seqs(after(known, happened('b', 1)), 'b')).toBeUndefined();
  });

  it('holds what came live while it was asked for, each entry once', () => {
    expect(seqs(answered(after(current, happened('a', 4), happened('a', 5)), 1, 4), 'a')).toEqual([1, 2, 3, 4, 5]);
  });

  it('is wanted again when an entry does not follow those before it', () => {
    const gap = after(answered(current, 1, 3), happened('a', 5));
    expect(wanted(gap).timelines).toEqual(['a']);
    expect(wanted(answered(gap, 1, 5)).timelines).toEqual([]);
  });

  it('may be its last page alone, and what is told again of before does not matter', () => {
    const page = answered(current, 10, 12);
    expect(seqs(after(page, happened('a', 4)), 'a')).toEqual([10, 11, 12]);
    expect(seqs(answered(page, 7, 9), 'a')).toEqual([7, 8, 9, 10, 11, 12]);
    expect(seqs(answered(after(current, happened('a', 4)), 10, 12), 'a')).toEqual([10, 11, 12]);
  });

  it('is emptied with its conversation, and wanted when that comes back', () => {
    const without = after(answered(current, 1, 3), gone('a', 4));
    expect(seqs(without, 'a')).toEqual([]);
    expect(wanted(without).timelines).toEqual([]);
    expect(seqs(answered(without, 1, 3), 'a')).toEqual([]);
    const back = after(without, happened('a', 6));
    expect(wanted(back).timelines).toEqual(['a']);
    // Asked for before it was taken away, answered after it came back.
    expect(wanted(answered(back, 1, 3)).timelines).toEqual(['a']);
    expect(seqs(loaded(after(answered(current, 1, 3), resync)), 'a')).toEqual([]);
  });

  it('that was asked for before a reload is asked for again', () => {
    const late = { reloads: current.reloads, conversationId: 'a', entries: [entry('a', 1)] };
    expect(wanted(loadTimeline(after(current, resync), late)).timelines).toEqual(['a']);
  });
});

it('keeps what agents are when how they stand is told, and how they stand as last told', () => {
  const begun = after(loaded(emptyState), { name: 'agent.updated', payload: { cursor: 'e.1', agent: ana } });
  const away = after(begun, { name: 'agent.status', payload: { agentId: 'ana', status: 'away', activeCount: 3 } });
  expect(away.agents.get('ana')).toMatchObject({ status: 'away', activeCount: 3 });
  const renamed = after(away, { name: 'agent.updated', payload: { cursor: 'e.2', agent: { ...ana, name: 'Ana M.', status: 'away', activeCount: 3 } } });
  expect(renamed.agents.get('ana')).toMatchObject({ name: 'Ana M.', status: 'away', activeCount: 3 });
  expect(after(renamed, { name: 'agent.status', payload: { agentId: 'nobody', status: 'online', activeCount: 0 } })).toBe(renamed);
});
