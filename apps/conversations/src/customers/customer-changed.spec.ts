import { anAgent, ConversationStory } from '../../test/a-conversation.js';
import { custodyOf } from '../conversation/conversation.js';
import { toEvents } from '../conversation/events.js';
import { entryViewOf, viewOf } from '../conversation/view.js';

const ana = anAgent('ana');
const hour = 60 * 60 * 1_000;

const renamed = (version: number, name: string, from = 'lucia') => ({ type: 'change-customer', from, customer: { id: 'lucia', name }, version }) as const;
const merged = (from: string, id: string, version = 1) => ({ type: 'change-customer', from, customer: { id, name: 'María' }, version }) as const;

const aConversation = (): ConversationStory => {
  const story = ConversationStory.opened();
  story.does({ type: 'claim', agent: ana });
  story.writes();
  return story;
};

it('shows the customer’s new name, as an entry for agents alone', () => {
  const story = aConversation();
  const before = story.now;
  const entry = story.does(renamed(4, 'Lucía Sosa'))!;
  expect(viewOf('c', story.now, hour).customer).toEqual({ id: 'lucia', name: 'Lucía Sosa' });
  expect(entryViewOf(entry)).toMatchObject({ type: 'customer-changed', visibility: 'internal', data: { customer: { id: 'lucia', name: 'Lucía Sosa' }, version: 4 } });
  expect(toEvents(before, story.now, entry, hour).map(({ contract }) => contract.visibility)).toEqual(['internal']);
});

it('never goes back to an older name, in whatever order it is told and however often', () => {
  const story = aConversation();
  story.does(renamed(4, 'Lucía Sosa'));
  for (const late of [renamed(3, 'Lu'), renamed(4, 'Lucía Sosa'), renamed(4, 'Lu')]) expect(story.does(late)).toBeNull();
  expect(story.does(renamed(5, 'Lucía Sosa'))).toBeNull();
  expect(story.now.customer.name).toBe('Lucía Sosa');
});

it('goes on as the customer’s whom they were merged into, and never back', () => {
  const story = aConversation();
  expect(story.does(merged('lucia', 'maria'))).not.toBeNull();
  expect(story.now).toMatchObject({ customer: { id: 'maria', name: 'María' }, customerVersion: 1 });
  expect(story.does(renamed(9, 'Lucía Sosa'))).toBeNull();
  expect(story.does(merged('lucia', 'maria'))).toBeNull();
  expect(story.does(merged('maria', 'rosa'))).not.toBeNull();
  expect(story.now.customer.id).toBe('rosa');
});

it('changes nothing of who waits, in which order and in whose hands, and is no interaction', () => {
  const story = aConversation();
  const { lastInteractionAt, orders, lastMessage, status } = story.now;
  const custody = custodyOf(story.now);
  story.passes(hour).does(merged('lucia', 'maria'));
  expect(story.now).toMatchObject({ lastInteractionAt, orders, lastMessage, status, ...custody });
});

it('reaches closed conversations, and does not stand in the way of an undo', () => {
  const story = aConversation();
  story.does({ type: 'close', agent: ana });
  expect(story.does(renamed(4, 'Lucía Sosa'))).not.toBeNull();
  expect(story.does({ type: 'undo', agent: ana })).toMatchObject({ type: 'close-undone' });
  expect(story.now).toMatchObject({ status: 'active', customer: { name: 'Lucía Sosa' } });
});

it('what the customer writes later does not bring an old name back', () => {
  const story = aConversation();
  story.does(renamed(4, 'Lucía Sosa'));
  story.writes();
  expect(story.now.customer.name).toBe('Lucía Sosa');
});

it('is in no event for those outside by the name that agents gave, whoever writes', () => {
  const story = ConversationStory.opened();
  story.does({ type: 'claim', agent: ana });
  for (const write of [() => story.writes('¿hola?'), () => story.does({ type: 'send', agent: ana, text: 'sí', attachments: [], seenSeq: null })]) {
    const before = story.now;
    write();
    const told = toEvents(before, story.now, story.entries.at(-1)!, hour).filter(({ contract }) => contract.visibility === 'public');
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).not.toContain('Lucía');
  }
});
