import type { ConversationEvent } from '@relevo/contracts';
import { mentionOf } from './mentions.js';
import { room } from './rooms.js';

const actor = { kind: 'agent', id: 'ana', name: 'Ana' } as const;

const event = (type: string, data: object, after = { teamId: 't1', assigneeId: null }): ConversationEvent =>
  ({ noun: 'conversation', workspaceId: 'w1', entry: { conversationId: 'c1', seq: 4, type, actor, data }, conversation: {}, before: after, after }) as unknown as ConversationEvent;

it('is of whom a note names, for those who see it, and says nothing of its text', () => {
  expect(mentionOf(event('note', { text: 'secreto', mentions: ['beto', 'carla'] }))).toEqual({
    agentIds: ['beto', 'carla'],
    seers: [room.supervisors('w1'), room.team('w1', 't1')],
    payload: { conversationId: 'c1', seq: 4, actor },
  });
});

it('is never of the note’s own author, nor of a note that names nobody', () => {
  expect(mentionOf(event('note', { text: 'x', mentions: ['ana', 'beto'] }))?.agentIds).toEqual(['beto']);
  expect(mentionOf(event('note', { text: 'x', mentions: ['ana'] }))).toBeNull();
  expect(mentionOf(event('note', { text: 'x', mentions: [] }))).toBeNull();
});

it('is of notes alone', () => {
  expect(mentionOf(event('message', { text: '@beto', attachments: [] }))).toBeNull();
  expect(mentionOf({ noun: 'tag', workspaceId: 'w1', tag: { id: 't', name: 't', color: '#000000', archived: false } })).toBeNull();
});
