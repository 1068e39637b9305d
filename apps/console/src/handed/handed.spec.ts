import type { LiveEvent } from '@relevo/client';
import type { ConversationView, Entry, Responsible } from '@relevo/contracts';
import { type Handovers, noHandovers, withEvent } from './handed';

const me = { id: 'ana', teamIds: ['ventas'] };

type Happened = Pick<Entry, 'type'> & { readonly by?: string; readonly data?: object };

const event = ({ type, by = 'beto', data = {} }: Happened, conversationId = 'c'): LiveEvent => {
  const entry: Entry = { conversationId, seq: 5, type, visibility: 'internal', at: '2026-02-01T10:00:00.000Z', actor: { kind: 'agent', id: by, name: by }, data };
  const conversation = { id: conversationId, status: 'active' } as ConversationView;
  return { name: 'timeline.entry', payload: { cursor: '1', conversationId, seq: 5, entry, conversation } };
};

const to = (responsible: Partial<Responsible>, note?: string) => ({ from: { teamId: null, assigneeId: 'beto' }, to: { teamId: null, assigneeId: null, ...responsible }, ...(note !== undefined && { note }) });

const after = (happened: readonly Happened[], openId: string | null = null): Handovers => happened.reduce((handovers, each) => withEvent(handovers, event(each), me, openId), noHandovers);

const mine = { type: 'transferred', data: to({ assigneeId: 'ana' }, 'Pide factura') } as const;

it('marks what a colleague transferred to the agent, or to a team of theirs, with its note', () => {
  expect(after([mine]).get('c')).toEqual({ byName: 'beto', toTeam: false, note: 'Pide factura' });
  expect(after([{ type: 'transferred', data: to({ teamId: 'ventas' }) }]).get('c')).toEqual({ byName: 'beto', toTeam: true, note: '' });
});

it('does not mark what went to others, what the agent transferred, and what they have before them', () => {
  for (const responsible of [{ assigneeId: 'eva' }, { teamId: 'envios' }, { teamId: 'ventas', assigneeId: 'eva' }, {}]) expect(after([{ type: 'transferred', data: to(responsible) }]).size).toBe(0);
  expect(after([{ ...mine, by: 'ana' }]).size).toBe(0);
  expect(after([mine], 'c').size).toBe(0);
});

it('marks it no more when it went on, was taken back or up, answered or closed, and whatever else comes meanwhile', () => {
  for (const then of [
    { type: 'transferred', data: to({ assigneeId: 'eva' }) },
    { type: 'transfer-undone' },
    { type: 'assigned', data: { agentId: 'eva' } },
    { type: 'released' },
    { type: 'message', by: 'ana' },
    { type: 'read', by: 'ana' },
    { type: 'closed' },
  ] as const satisfies Happened[]) expect(after([mine, then]).size).toBe(0);
  for (const then of [{ type: 'message' }, { type: 'note' }, { type: 'tagged' }] as const) expect(after([mine, then]).size).toBe(1);
  expect(withEvent(after([mine]), { name: 'conversation.removed', payload: { cursor: '2', conversationId: 'c', seq: 6 } }, me, null).size).toBe(0);
});

it('keeps a bounded number, the newest', () => {
  let handovers = noHandovers;
  for (let index = 0; index < 1_002; index += 1) handovers = withEvent(handovers, event(mine, `c${index}`), me, null);
  expect(handovers.size).toBe(1_000);
  expect([handovers.has('c1'), handovers.has('c2'), handovers.has('c1001')]).toEqual([false, true, true]);
});
