import { maxHandoverNote } from '@relevo/contracts';
import { anAgent, ConversationStory } from '../../test/a-conversation.js';
import type { ConversationCommand, TransferTarget } from '../conversation/conversation.js';
import { publicPartOf } from '../conversation/public-part.js';
import { viewOf } from '../conversation/view.js';

const ana = anAgent('ana');
const beto = anAgent('beto');
const boss = anAgent('boss', { role: 'supervisor' });

const toBeto: TransferTarget = { kind: 'agent', agent: { id: 'beto', teamIds: [], status: 'online' } };
const toCarla: TransferTarget = { kind: 'agent', agent: { id: 'carla', teamIds: [], status: 'online' } };
const toSales: TransferTarget = { kind: 'team', team: { id: 'ventas', archived: false } };

const transfer = (target: TransferTarget, agent = ana, note: string | null = null): ConversationCommand => ({ type: 'transfer', agent, target, note, force: false });
const reads = (story: ConversationStory, upToSeq = story.now.seq, mentionsOnly = false) => story.does({ type: 'read', agent: beto, upToSeq, mentionsOnly });
const shown = ({ now }: ConversationStory) => viewOf('c', now, 0).handover;

/** Ana has answered and hands it over: nothing of the customer's is unread. */
function handed(target: TransferTarget = toBeto, note: string | null = 'Pide factura'): ConversationStory {
  const story = ConversationStory.opened();
  story.writes();
  story.does({ type: 'claim', agent: ana });
  story.answers(ana);
  story.does(transfer(target, ana, note));
  return story;
}

describe('a transfer', () => {
  it('is kept with who made it, when, and how its note begins', () => {
    const story = handed();
    const { seq, at } = story.now;
    expect(shown(story)).toEqual({ by: 'ana', seq, at: at.toISOString(), note: 'Pide factura' });
    expect(shown(handed(toSales, null))).toMatchObject({ by: 'ana' });
    expect(shown(handed(toSales, null))).not.toHaveProperty('note');
    const { note } = shown(handed(toBeto, `Pide\nfactura A. ${'Ya vino dos veces 😀. '.repeat(50)}`))!;
    expect(note).toMatch(/^Pide factura A\. .+…$/);
    expect(note!.length).toBeLessThanOrEqual(maxHandoverNote);
    expect(note!.isWellFormed()).toBe(true);
  });

  it('is seen once whoever received it reads it, though the customer wrote nothing; then there is nothing more to read', () => {
    const story = handed();
    expect(reads(story, story.now.seq - 1)).toBeNull();
    expect(reads(story, story.now.seq, true)).toBeNull();
    expect(story.does({ type: 'read', agent: boss, upToSeq: story.now.seq })).toBeNull();
    expect(reads(story)).toMatchObject({ type: 'read', actor: { id: 'beto' } });
    expect(shown(story)).toBeUndefined();
    expect(story.now).not.toHaveProperty('handover');
    expect(reads(story)).toBeNull();
  });

  it('is not seen by what was read before it, nor while the customer wrote later than what was read', () => {
    const story = handed();
    story.writes();
    expect(reads(story, story.now.seq - 1)).toBeNull();
    expect(shown(story)).toBeDefined();
    reads(story);
    expect(shown(story)).toBeUndefined();

    const marked = ConversationStory.opened();
    marked.writes();
    marked.does({ type: 'claim', agent: ana });
    marked.does(transfer(toBeto));
    // All that the customer wrote, and not the transfer.
    expect(reads(marked, 2)).toMatchObject({ type: 'read' });
    expect(shown(marked)).toBeDefined();
    expect(reads(marked)).toMatchObject({ type: 'read' });
    expect(shown(marked)).toBeUndefined();
  });

  it.each<[string, ConversationCommand]>([
    ['an answer', { type: 'send', agent: beto, text: 'hola', attachments: [], seenSeq: null }],
    ['the answer of whoever steps in', { type: 'send', agent: boss, text: 'hola', attachments: [], seenSeq: null }],
    ['a note of theirs', { type: 'note', agent: beto, text: 'ojo', mentions: [], blind: [] }],
    ['its release', { type: 'release', agent: beto }],
    ['its close', { type: 'close', agent: beto }],
  ])('is told no more after %s', (_, command) => {
    const story = handed();
    expect(story.does(command)).not.toBeNull();
    expect(shown(story)).toBeUndefined();
  });

  it('is told on after what others do', () => {
    const story = handed();
    const { handover } = story.now;
    story.writes();
    story.does({ type: 'note', agent: boss, text: 'ojo', mentions: [], blind: [] });
    story.does({ type: 'tag', agent: ana, tagId: 'vip', tag: { archived: false } });
    story.does({ type: 'mark-unread', agent: beto });
    expect(story.now.handover).toEqual(handover);
  });

  it('to a team is told until somebody takes it', () => {
    const story = handed(toSales);
    const seller = anAgent('carla', { teamIds: ['ventas'] });
    story.does({ type: 'claim', agent: seller });
    expect(shown(story)).toBeUndefined();
  });

  it('goes on as another, and taken back is what it was before', () => {
    const story = handed();
    const first = story.now.handover;
    story.does(transfer(toCarla, boss));
    expect(shown(story)).toMatchObject({ by: 'boss' });
    story.does({ type: 'undo', agent: boss });
    expect(story.now.handover).toEqual(first);

    const back = handed();
    back.does({ type: 'undo', agent: ana });
    expect(shown(back)).toBeUndefined();
    expect(back.now).not.toHaveProperty('handover');
  });

  it('is nothing that a customer is told', () => {
    const story = handed();
    reads(story);
    expect(story.entries.flatMap((entry) => publicPartOf(entry) ?? []).filter((part) => JSON.stringify(part).includes('factura'))).toEqual([]);
  });
});
