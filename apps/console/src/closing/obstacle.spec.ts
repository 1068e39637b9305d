import type { Entry } from '@relevo/contracts';
import { obstacleIn } from './obstacle';

const by = (kind: Entry['actor']['kind'], type: Entry['type']): Pick<Entry, 'type' | 'actor'> => ({ type, actor: { kind, id: kind, name: kind } });

it.each<[Entry['type'], string]>([
  ['message', 'message'],
  ['note', 'note'],
  ['tagged', 'tag'],
  ['untagged', 'tag'],
  ['assigned', 'claim'],
  ['released', 'release'],
  ['transferred', 'transfer'],
  ['closed', 'close'],
  ['close-undone', 'undone'],
  ['transfer-undone', 'undone'],
])('%s by an agent stands in the way as %s', (type, what) => expect(obstacleIn([by('agent', type)])?.what).toBe(what));

it('a new conversation of the customer stands in the way of taking back a close', () => expect(obstacleIn([by('system', 'superseded')])?.what).toBe('opened'));

it('reads, the customer’s messages, deliveries and automatic assignment do not', () => {
  expect(obstacleIn([by('agent', 'read'), by('agent', 'marked-unread'), by('customer', 'message'), by('system', 'delivery'), by('system', 'assigned')])).toBeNull();
});

it('is the first of several', () => expect(obstacleIn([by('customer', 'message'), by('agent', 'note'), by('agent', 'message')])?.what).toBe('note'));
