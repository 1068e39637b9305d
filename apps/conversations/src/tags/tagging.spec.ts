import { anAgent, ConversationStory, refusalOf } from '../../test/a-conversation.js';
import type { ConversationCommand } from '../conversation/conversation.js';

const ana = anAgent('ana');
const tag = (tagId: string, found: { archived: boolean } | null = { archived: false }): ConversationCommand => ({ type: 'tag', agent: ana, tagId, tag: found });
const untag = (tagId: string): ConversationCommand => ({ type: 'untag', agent: ana, tagId });

describe('tags', () => {
  it('are put on and taken off by agents who see it, once', () => {
    const story = ConversationStory.opened();
    expect(story.does(tag('envio'))).toMatchObject({ type: 'tagged', data: { tagId: 'envio' } });
    expect(story.does(tag('envio'))).toBeNull();
    expect(story.now.tagIds).toEqual(['envio']);
    expect(story.does(untag('envio'))).toMatchObject({ type: 'untagged' });
    expect(story.does(untag('envio'))).toBeNull();
    expect(story.now.tagIds).toEqual([]);
    const others = ConversationStory.opened({ teamId: 'ventas' });
    expect(refusalOf(() => others.does(tag('envio')))).toBe('NOT_FOUND');
  });

  it('also on closed conversations', () => {
    const story = ConversationStory.opened();
    story.does({ type: 'close', agent: anAgent('boss', { role: 'supervisor' }) });
    expect(story.does(tag('envio'))).not.toBeNull();
    expect(story.does(untag('envio'))).not.toBeNull();
  });

  it('that are archived are put on nothing any more, but taken off; what is no tag is not found', () => {
    const story = ConversationStory.opened();
    story.does(tag('viejo'));
    expect(refusalOf(() => story.does(tag('otro', { archived: true })))).toBe('RULE_VIOLATED');
    expect(refusalOf(() => story.does(tag('nada', null)))).toBe('NOT_FOUND');
    expect(story.does(untag('viejo'))).not.toBeNull();
  });

  it('are no interaction, and change nothing of who waits', () => {
    const story = ConversationStory.opened();
    story.writes();
    const { unread, unanswered, lastInteractionAt, orders } = story.now;
    story.does(tag('envio'));
    expect(story.now).toMatchObject({ unread, unanswered, lastInteractionAt, orders });
  });

  it('are at most 30', () => {
    const story = ConversationStory.opened();
    for (let index = 0; index < 30; index += 1) story.does(tag(`t${index}`));
    expect(refusalOf(() => story.does(tag('one-more')))).toBe('RULE_VIOLATED');
  });
});
