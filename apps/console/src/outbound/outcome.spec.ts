import { outcomeOf } from './outcome';

it.each([
  ['one is active', { code: 'CONFLICT', details: { conversationId: 'a' }, errors: [] }, { kind: 'active', conversationId: 'a' }],
  ['one is active that may not be seen', { code: 'CONFLICT', details: {}, errors: [] }, { kind: 'active', conversationId: null }],
  ['the customer is blocked', { code: 'RULE_VIOLATED', details: {}, errors: [] }, { kind: 'blocked' }],
  ['they are not known on the channel', { code: 'RULE_VIOLATED', details: {}, errors: [{ path: 'channelId', message: '' }] }, { kind: 'notOnChannel' }],
  ['the channel is gone', { code: 'NOT_FOUND', details: {}, errors: [] }, { kind: 'failed', code: 'NOT_FOUND' }],
] as const)('%s', (_, refused, expected) => expect(outcomeOf(refused)).toEqual(expected));
