import type { WidgetEntry } from '@relevo/client';
import { newsOf } from '../customers/news';
import { chatItems } from './items';

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 3, 12, minute)).toISOString();
const entry = (seq: number, type: 'opened' | 'closed', conversationId = 'c1'): WidgetEntry => ({ conversationId, seq, type, visibility: 'public', at: at(seq), actor: { kind: 'system', name: '' }, data: {} });
const said = (seq: number, text: string, kind: 'customer' | 'agent' = 'customer', conversationId = 'c1'): WidgetEntry => ({
  conversationId,
  seq,
  type: 'message',
  visibility: 'public',
  at: at(seq),
  actor: { kind, name: kind === 'agent' ? 'Ana' : '' },
  data: { text, attachments: [] },
});
const delivered: WidgetEntry = { conversationId: 'c1', seq: 5, type: 'delivery', visibility: 'public', at: at(5), actor: { kind: 'system', name: '' }, data: { ofSeq: 3, status: 'read' } };

it('a chat shows each day, who speaks, what was closed and what began after it', () => {
  const entries = [entry(1, 'opened'), said(2, 'hola'), said(3, 'sí', 'agent'), said(4, 'diga', 'agent'), delivered, entry(6, 'closed'), entry(7, 'opened', 'c2'), said(8, 'otra vez', 'customer', 'c2')];
  const items = chatItems(entries, [], false);
  expect(items.map(({ kind }) => kind)).toEqual(['day', 'message', 'message', 'message', 'closed', 'begins', 'message']);
  expect(items.flatMap((item) => (item.kind === 'message' ? [item.startsGroup] : []))).toEqual([true, true, false, true]);
});

it('news are answers since the customer wrote, and since they were looked at', () => {
  const entries = [said(2, 'hola'), said(3, 'sí', 'agent'), said(4, 'diga', 'agent')];
  expect(newsOf(entries, '')).toBe(2);
  expect(newsOf(entries, at(3))).toBe(1);
  expect(newsOf([...entries, said(5, 'gracias')], '')).toBe(0);
});
