import { anAgent, ConversationStory, customer, refusalOf } from '../../test/a-conversation.js';
import { type ConversationCommand, custodyOf } from '../conversation/conversation.js';
import { viewOf } from '../conversation/view.js';

const ana = anAgent('ana', { teamIds: ['ventas'] });
const beto = anAgent('beto', { teamIds: ['soporte'] });
const boss = anAgent('boss', { role: 'supervisor' });

const undo = (agent = ana): ConversationCommand => ({ type: 'undo', agent });
const transfer: ConversationCommand = { type: 'transfer', agent: ana, target: { kind: 'team', team: { id: 'soporte', archived: false } }, note: null, force: false };
const close: ConversationCommand = { type: 'close', agent: ana };

/** A conversation of Ana's with a message that she has read. */
function withAna(): ConversationStory {
  const story = ConversationStory.opened({ teamId: 'ventas' });
  story.does({ type: 'claim', agent: ana });
  const { seq } = story.writes()!;
  story.does({ type: 'read', agent: ana, upToSeq: seq });
  return story;
}

describe('undo', () => {
  it('of a transfer: as before the transfer, plus what the customer wrote since', () => {
    const story = withAna();
    const before = custodyOf(story.now);
    story.does(transfer);
    expect(story.does(undo())).toMatchObject({ type: 'transfer-undone' });
    expect(custodyOf(story.now)).toEqual(before);

    const again = withAna();
    again.does(transfer);
    const since = again.next;
    again.writes();
    again.does(undo());
    expect(again.now).toMatchObject({ assigneeId: 'ana', teamId: 'ventas', unread: { count: 1, since }, unanswered: { count: 2 } });
  });

  it('of a transfer out of the bot’s tray: no clock runs there', () => {
    const story = ConversationStory.opened({ startsIn: 'bot', teamId: 'ventas' });
    story.writes();
    story.does(transfer);
    story.writes();
    story.does(undo());
    expect(story.now).toMatchObject({ tray: 'bot', unread: { count: 2, since: null }, unanswered: { count: 2, since: null } });
  });

  it('of a close: it is active again, in the same hands', () => {
    const story = withAna();
    const before = custodyOf(story.now);
    story.does(close);
    expect(story.does(undo())).toMatchObject({ type: 'close-undone' });
    expect(story.now).toMatchObject({ status: 'active', closedAt: null, closeReason: null, ...before });
  });

  it('for 10 seconds, and not longer', () => {
    const inTime = withAna();
    inTime.does(transfer);
    expect(inTime.passes(9_000).does(undo())).not.toBeNull();
    const tooLate = withAna();
    tooLate.does(close);
    expect(refusalOf(() => tooLate.passes(9_001).does(undo()))).toBe('RULE_VIOLATED');
  });

  it('only by its sender; to others who see it there is nothing of theirs, to the rest there is nothing', () => {
    const story = withAna();
    story.does(transfer);
    expect(refusalOf(() => story.does(undo(beto)))).toBe('RULE_VIOLATED');
    expect(refusalOf(() => story.does(undo(boss)))).toBe('RULE_VIOLATED');
    expect(refusalOf(() => story.does(undo(anAgent('x', { teamIds: ['otra'] }))))).toBe('NOT_FOUND');
    expect(refusalOf(() => story.does(undo(anAgent('ana', { workspaceId: 'norte' }))))).toBe('NOT_FOUND');
    expect(refusalOf(() => story.passes(60_000).does(undo()))).toBe('NOT_FOUND');
  });

  const obstacles: [string, ConversationCommand][] = [
    ['wrote', { type: 'send', agent: boss, text: 'x', attachments: [], seenSeq: null }],
    ['noted', { type: 'note', agent: boss, text: 'x', mentions: [], blind: [] }],
    ['tagged', { type: 'tag', agent: boss, tagId: 't', tag: { archived: false } }],
    ['transferred', { type: 'transfer', agent: boss, target: { kind: 'team', team: { id: 'tercera', archived: false } }, note: null, force: false }],
    ['closed', { type: 'close', agent: boss }],
    ['claimed it', { type: 'claim', agent: beto }],
  ];

  it.each(obstacles)('of a transfer not once someone %s', (_, obstacle) => {
    const story = withAna();
    story.does(transfer);
    story.does(obstacle);
    expect(refusalOf(() => story.does(undo(ana)))).toBe('NOT_FOUND');
  });

  it('of a transfer not once someone released it', () => {
    const story = withAna();
    story.does({ type: 'transfer', agent: ana, target: { kind: 'agent', agent: { id: 'beto', teamIds: ['ventas'], status: 'online' } }, note: null, force: false });
    story.does({ type: 'release', agent: beto });
    expect(refusalOf(() => story.does(undo()))).toBe('RULE_VIOLATED');
  });

  it.each<[string, (story: ConversationStory) => unknown]>([
    ['someone tagged', (story) => story.does({ type: 'tag', agent: boss, tagId: 't', tag: { archived: false } })],
    ['a new conversation was opened', (story) => story.does({ type: 'supersede', by: customer })],
    ['it was undone', (story) => story.does(undo())],
  ])('of a close not once %s', (_, happens) => {
    const story = withAna();
    story.does(close);
    happens(story);
    expect(refusalOf(() => story.does(undo()))).toBe('RULE_VIOLATED');
  });

  it('reads and the customer’s messages do not stand in its way', () => {
    const story = withAna();
    story.does({ type: 'transfer', agent: ana, target: { kind: 'agent', agent: { id: 'beto', teamIds: [], status: 'online' } }, note: null, force: false });
    const { seq } = story.writes()!;
    expect(story.does({ type: 'read', agent: beto, upToSeq: seq })).not.toBeNull();
    story.does({ type: 'mark-unread', agent: beto });
    expect(story.does(undo())).toMatchObject({ type: 'transfer-undone' });
    expect(story.now).toMatchObject({ assigneeId: 'ana', unread: { count: 1 }, marked: null });
  });

  it('an automatic close has no undo', () => {
    const story = withAna();
    story.passes(60_000).does({ type: 'close-inactive', by: customer, toleranceMs: 1 });
    expect(viewOf('c', story.now, 1).undoUntil).toBeNull();
    expect(refusalOf(() => story.does(undo()))).toBe('RULE_VIOLATED');
  });

  it('its end is shown', () => {
    const story = withAna();
    const at = story.next;
    story.does(close);
    expect(viewOf('c', story.now, 1).undoUntil).toBe(new Date(at.getTime() + 10_000).toISOString());
  });
});
