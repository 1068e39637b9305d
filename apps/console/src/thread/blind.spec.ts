import type { PendingNote } from '@relevo/client';
import { blindIn } from './blind';

const refused = (errors: { path: string; message: string }[], code: 'RULE_VIOLATED' | 'VALIDATION_FAILED' = 'RULE_VIOLATED'): PendingNote => ({
  kind: 'note',
  commandId: 'n',
  conversationId: 'c',
  text: '@Beto @Eva',
  at: '',
  state: 'refused',
  mentions: ['beto', 'eva'],
  refusal: { code, message: '', errors },
});

it('are those that the refusal points at', () => {
  expect(blindIn(refused([{ path: 'mentions.1', message: '' }]))).toEqual(['eva']);
  expect(blindIn(refused([{ path: 'text', message: '' }, { path: 'mentions.7', message: '' }]))).toEqual([]);
  expect(blindIn(refused([{ path: 'mentions.1', message: '' }], 'VALIDATION_FAILED'))).toEqual([]);
});
