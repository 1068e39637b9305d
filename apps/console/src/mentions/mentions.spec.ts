import type { AgentView } from '@relevo/contracts';
import { atSignAt, colleaguesFor, mentionedIn, spansOf } from './mentions';

const ana = { id: 'a', name: 'Ana' };
const anaMaria = { id: 'am', name: 'Ana María' };
const beto = { id: 'b', name: 'Beto' };
const namesake = { id: 'b2', name: 'Beto' };

it.each([
  ['@Beto, mira', [beto], ['b']],
  ['¿@Beto?', [beto], ['b']],
  ['Beto', [beto], []],
  ['@Bet', [beto], []],
  ['@Betobot', [beto], []],
  ['a@Beto', [beto], []],
  ['@beto', [beto], []],
  ['@Ana María y @Ana', [ana, anaMaria], ['am', 'a']],
  ['@Ana', [anaMaria], []],
  ['@Beto @Beto', [beto], ['b']],
  ['@Beto y @Beto', [beto, namesake], ['b', 'b2']],
  ['@', [{ id: 'x', name: '' }], []],
])('%s, with %j chosen, names %j', (text, chosen, ids) => expect(mentionedIn(text, chosen)).toEqual(ids));

it('tells where in the text each stands', () => expect(spansOf('ojo @Beto', [beto])).toEqual([{ start: 4, end: 9, id: 'b' }]));

it.each([
  ['@', 1, { start: 0, typed: '' }],
  ['Mira @be', 8, { start: 5, typed: 'be' }],
  ['(@maría j', 9, { start: 1, typed: 'maría j' }],
  ['@be y más', 3, { start: 0, typed: 'be' }],
  ['a@b.example', 11, null],
  ['@be ', 4, null],
  ['@be\nx', 5, null],
  ['@Beto', 5, null],
  ['@Bet', 4, { start: 0, typed: 'Bet' }],
])('in %j at %d is %j', (text, caret, expected) => expect(atSignAt(text, caret, [beto])).toEqual(expected));

const agent = (id: string, change: Partial<AgentView> = {}): AgentView => ({ id, name: id, email: `${id}@test.example`, role: 'agent', teamIds: [], active: true, status: 'online', capacity: 5, activeCount: 0, ...change });
const found = (agents: AgentView[], typed: string, conversation: { teamId: string | null; assigneeId: string | null } = { teamId: null, assigneeId: null }): string[] =>
  colleaguesFor(agents, conversation, 'me', typed).map(({ id }) => id);

it('finds colleagues whatever the accents, those first whose name begins so, and never oneself or who left', () => {
  const all = [agent('1', { name: 'María José' }), agent('2', { name: 'José' }), agent('3', { name: 'Josefa', active: false }), agent('me', { name: 'Joselo' })];
  expect(found(all, 'jose')).toEqual(['2', '1']);
  expect(found(all, 'mar jos')).toEqual(['1']);
});

it('offers only those who may see the conversation: of its team, its assignee, supervisors and admins', () => {
  const all = [agent('sells', { teamIds: ['ventas'] }), agent('ships', { teamIds: ['envios'] }), agent('has'), agent('leads', { role: 'supervisor' }), agent('owns', { role: 'admin' })];
  expect(found(all, '', { teamId: 'ventas', assigneeId: 'has' })).toEqual(['has', 'leads', 'owns', 'sells']);
  expect(found(all, '')).toEqual(['has', 'leads', 'owns', 'sells', 'ships']);
});
