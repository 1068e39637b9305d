import { maxUnseenMentions, publicEntryTypes } from '@relevo/contracts';
import { anAgent, ConversationStory, refusalOf } from '../../test/a-conversation.js';
import type { ConversationEntry } from '../conversation/conversation.js';
import { publicPartOf } from '../conversation/public-part.js';
import { viewOf } from '../conversation/view.js';

const ana = anAgent('ana');
const beto = anAgent('beto');
const boss = anAgent('boss', { role: 'supervisor' });

const notes = (story: ConversationStory, mentions: string[], by = beto): number => story.does({ type: 'note', agent: by, text: 'ojo', mentions, blind: [] })!.seq;
const reads = (story: ConversationStory, upToSeq: number, by = ana, mentionsOnly = false): ConversationEntry | null => story.does({ type: 'read', agent: by, upToSeq, mentionsOnly });
const unseen = ({ now }: ConversationStory): string[] => (viewOf('c', now, 0).mentions ?? []).map(({ agentId, seq }) => `${agentId} ${seq}`);

describe('mentions', () => {
  it('are kept until those whom a note names have seen it; its author has', () => {
    const story = ConversationStory.opened();
    const note = notes(story, ['ana', 'beto', 'boss']);
    expect(unseen(story)).toEqual([`ana ${note}`, `boss ${note}`]);
    expect(reads(story, note)).toMatchObject({ type: 'mentions-seen', actor: { id: 'ana' }, data: { upToSeq: note } });
    expect(unseen(story)).toEqual([`boss ${note}`]);
    expect(reads(story, note)).toBeNull();
    expect(reads(story, note, boss)).not.toBeNull();
    expect(story.now).not.toHaveProperty('mentions');
    expect(story.now).not.toHaveProperty('hasMentions');
    expect(viewOf('c', story.now, 0)).not.toHaveProperty('mentions');
  });

  it('are seen up to the entry that was read, and no further', () => {
    const story = ConversationStory.opened();
    const first = notes(story, ['ana']);
    const second = notes(story, ['ana']);
    expect(reads(story, first - 1)).toBeNull();
    reads(story, first);
    expect(unseen(story)).toEqual([`ana ${second}`]);
  });

  it('of the assignee are seen with what they read of the customer, in one entry', () => {
    const story = ConversationStory.opened();
    story.does({ type: 'claim', agent: ana });
    story.writes();
    const note = notes(story, ['ana']);
    expect(reads(story, note)).toMatchObject({ type: 'read' });
    expect(unseen(story)).toEqual([]);
    expect(story.now.unread.count).toBe(0);
  });

  it('are seen though the customer wrote later, which stays unread', () => {
    const story = ConversationStory.opened();
    story.does({ type: 'claim', agent: ana });
    const note = notes(story, ['ana']);
    story.writes();
    expect(reads(story, note)).toMatchObject({ type: 'mentions-seen' });
    expect(story.now.unread.count).toBe(1);
  });

  it('may be seen alone: what waits goes on waiting, and a mark stays', () => {
    const story = ConversationStory.opened();
    story.does({ type: 'claim', agent: ana });
    story.writes();
    story.does({ type: 'mark-unread', agent: ana });
    const note = notes(story, ['ana']);
    const { unread, marked } = story.now;
    expect(reads(story, note, ana, true)).toMatchObject({ type: 'mentions-seen' });
    expect(story.now).toMatchObject({ unread, marked });
    expect(reads(story, note, ana, true)).toBeNull();
  });

  it('change nothing of who waits, of unread, or of the order', () => {
    const story = ConversationStory.opened();
    story.writes();
    const { unread, unanswered, lastInteractionAt, orders } = story.now;
    reads(story, notes(story, ['ana']));
    expect(story.now).toMatchObject({ unread, unanswered, lastInteractionAt, orders });
  });

  it('outlast whatever happens to the conversation, and are seen when it is closed', () => {
    const story = ConversationStory.opened();
    const note = notes(story, ['ana']);
    story.writes();
    story.does({ type: 'transfer', agent: boss, target: { kind: 'agent', agent: { id: 'beto', teamIds: [], status: 'online' } }, note: null, force: false });
    story.does({ type: 'undo', agent: boss });
    story.does({ type: 'claim', agent: beto });
    story.answers(beto);
    story.does({ type: 'change-customer', from: 'lucia', customer: { id: 'otra', name: 'Otra' }, version: 2 });
    story.does({ type: 'close', agent: beto });
    story.does({ type: 'supersede', by: { kind: 'system', id: 'conversations', name: 'Relevo' } });
    expect(unseen(story)).toEqual([`ana ${note}`]);
    expect(reads(story, note)).toMatchObject({ type: 'mentions-seen' });
    expect(story.now).toMatchObject({ status: 'closed', superseded: true });
  });

  it('do not stand in the way of an undo once they are seen, as reads do not', () => {
    const story = ConversationStory.opened();
    const note = notes(story, ['ana']);
    story.does({ type: 'claim', agent: beto });
    story.does({ type: 'close', agent: beto });
    reads(story, note);
    expect(story.does({ type: 'undo', agent: beto })).toMatchObject({ type: 'close-undone' });
  });

  it('are seen by nobody who may not see the conversation any more', () => {
    const story = ConversationStory.opened();
    const note = notes(story, ['ana']);
    story.does({ type: 'transfer', agent: boss, target: { kind: 'team', team: { id: 'ventas', archived: false } }, note: null, force: false });
    expect(refusalOf(() => reads(story, note))).toBe('NOT_FOUND');
    expect(unseen(story)).toEqual([`ana ${note}`]);
  });

  it('are of a bounded number, the newest', () => {
    const story = ConversationStory.opened();
    const called = Array.from({ length: 20 }, (_, index) => `agent-${index}`);
    for (let index = 0; index < 6; index += 1) notes(story, called);
    expect(story.now.mentions).toHaveLength(maxUnseenMentions);
    expect(unseen(story).at(-1)).toBe(`agent-19 ${story.now.seq}`);
  });

  it('and that they were seen are nothing that a customer is told', () => {
    const story = ConversationStory.opened();
    const seen = reads(story, notes(story, ['ana']))!;
    expect(publicPartOf(seen)).toBeNull();
    expect(publicEntryTypes).not.toContain(seen.type);
  });
});
