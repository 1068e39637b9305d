import { type ConversationEvent, conversationsEvents, type PublicConversationEvent, publicConversationEvents, type TagEvent } from '@relevo/contracts';
import { type EventContext, HandlesEvent } from './handles-event.js';

// Compiled by `typecheck`, which fails when an expected error is not there.
class Handlers {
  @HandlesEvent(publicConversationEvents, 'message')
  async message({ data }: PublicConversationEvent<'message'>, _context: EventContext): Promise<void> {
    await Promise.resolve(data.text.length);
  }

  @HandlesEvent(conversationsEvents, ['assigned', 'released'])
  async both(_event: ConversationEvent): Promise<void> {}

  @HandlesEvent(conversationsEvents, 'tag-created')
  async tag(_event: TagEvent): Promise<void> {}

  // @ts-expect-error A delivery is not a message.
  @HandlesEvent(publicConversationEvents, 'delivery')
  async wrongPayload(_event: PublicConversationEvent<'message'>): Promise<void> {}

  // @ts-expect-error No such fact.
  @HandlesEvent(publicConversationEvents, 'mesage')
  async wrongFact(_event: PublicConversationEvent): Promise<void> {}

  // @ts-expect-error Notes never reach the public stream.
  @HandlesEvent(publicConversationEvents, 'note')
  async note(_event: PublicConversationEvent): Promise<void> {}
}

describe('@HandlesEvent', () => {
  it('listens to exactly the subjects of its facts, for the stream they are in', () => {
    const metadata = (key: string, method: keyof Handlers): unknown => Reflect.getMetadata(key, Reflect.get(Handlers.prototype, method));
    expect(metadata('microservices:pattern', 'both')).toEqual(['evt.conversations.*.internal.*.assigned.v1', 'evt.conversations.*.internal.*.released.v1']);
    expect(metadata('microservices:transport', 'both')).not.toBe(metadata('microservices:transport', 'message'));
  });
});
