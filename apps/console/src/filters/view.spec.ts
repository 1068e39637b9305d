import fc from 'fast-check';
import { choiceOf, narrowing, paramsOf, queryOf, shownStanding, sorts, standings, trays, type View, viewOf, viewOfChoice } from './view';

const id = fc.string({ minLength: 1 }).filter((text) => text === text.trim() && text !== '');
const anyView: fc.Arbitrary<View> = fc.record(
  { tray: fc.constantFrom(...trays), standing: fc.constantFrom(...standings), sort: fc.constantFrom(...sorts), teamId: id, tagId: id, assigneeId: id, unread: fc.constant(true as const), closing: fc.constant(true as const), mentioned: fc.constant(true as const), q: id },
  { requiredKeys: ['tray', 'standing', 'sort'] },
);

it('comes back from an address as it went in', () => {
  fc.assert(fc.property(anyView, (view) => expect(viewOf(new URLSearchParams(paramsOf(view).toString()))).toEqual(view)));
});

it('comes back from the settings as it went in, without what was searched for', () => {
  fc.assert(
    fc.property(anyView, ({ q: _, closing: __, mentioned: ___, ...view }) => {
      expect(viewOfChoice(choiceOf(view))).toEqual(view);
      expect(choiceOf({ ...view, q: 'x', closing: true, mentioned: true })).toEqual(choiceOf(view));
    }),
  );
});

it('of an address that somebody made up is what is known of it', () => {
  expect(viewOf(new URLSearchParams('tray=__proto__&status=x&sort=&team=&unread=yes&q=%20&other=1'))).toEqual({ tray: 'mine', standing: 'active', sort: 'waiting' });
});

it('of an address that does not say all is, beyond what it says, as it is otherwise', () => {
  const otherwise: View = { tray: 'agents', standing: 'closed', sort: 'activity', tagId: 't', unread: true };
  expect(viewOf(new URLSearchParams('q=caja'), otherwise)).toEqual({ ...otherwise, q: 'caja' });
  expect(viewOf(new URLSearchParams('status=active&tag=u&sort=x'), otherwise)).toEqual({ ...otherwise, standing: 'active', tagId: 'u' });
  fc.assert(fc.property(anyView, anyView, (view, other) => expect(viewOf(paramsOf(view), other)).toEqual({ ...other, ...view })));
});

it('is asked for in the contract’s words', () => {
  expect(queryOf({ tray: 'mine', standing: 'active', sort: 'activity', closing: true })).toEqual({ tray: 'mine', status: 'active', sort: 'activity', closing: true });
  expect(queryOf({ tray: 'mine', standing: 'outbound', sort: 'waiting', unread: true })).toEqual({ tray: 'mine', status: 'active', direction: 'outbound', sort: 'waiting', unread: true });
  expect(queryOf({ tray: 'all', standing: 'all', sort: 'activity', tagId: 't' })).toEqual({ tray: 'all', status: 'all', sort: 'activity', tagId: 't' });
});

it('searches in all trays, and in the history too unless it is told where', () => {
  expect(queryOf({ tray: 'mine', standing: 'active', sort: 'waiting', q: 'caja' })).toEqual({ tray: 'all', status: 'all', sort: 'waiting', q: 'caja' });
  expect(queryOf({ tray: 'mine', standing: 'closed', sort: 'waiting', q: 'caja' })).toEqual({ tray: 'all', status: 'closed', sort: 'waiting', q: 'caja' });
});

it('finds what names the agent in all trays, and in the history too; who searches meanwhile searches in all', () => {
  const mentions = { tray: 'mine', standing: 'active', sort: 'waiting', mentioned: true } as const;
  expect(queryOf(mentions)).toEqual({ tray: 'all', status: 'all', sort: 'waiting', mentioned: true });
  expect(queryOf({ ...mentions, standing: 'closed' })).toEqual({ tray: 'all', status: 'closed', sort: 'waiting', mentioned: true });
  expect(queryOf({ ...mentions, q: 'caja' })).toEqual({ tray: 'all', status: 'all', sort: 'waiting', q: 'caja' });
  expect([shownStanding(mentions), shownStanding({ ...mentions, standing: 'closed' }), narrowing(mentions)]).toEqual(['all', 'closed', 0]);
});

it('counts what narrows it', () => {
  expect(narrowing({ tray: 'mine', standing: 'closed', sort: 'waiting' })).toBe(0);
  expect(narrowing({ tray: 'mine', standing: 'active', sort: 'waiting', q: 'a', unread: true, tagId: 't' })).toBe(3);
});
