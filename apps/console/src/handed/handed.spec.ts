import type { ConversationView } from '@relevo/contracts';
import { handoverTo } from './handed';

const me = { id: 'ana', teamIds: ['ventas'] };
const handover = { by: 'beto', seq: 5, at: '2026-02-01T10:00:00.000Z', note: 'Pide factura' };

const to = (hands: Partial<Pick<ConversationView, 'assigneeId' | 'teamId' | 'handover'>>) => handoverTo({ assigneeId: null, teamId: null, handover, ...hands }, me);

it('is what a colleague transferred to the agent, or to a team of theirs', () => {
  expect(to({ assigneeId: 'ana' })).toEqual(handover);
  expect(to({ assigneeId: 'ana', teamId: 'envios' })).toEqual(handover);
  expect(to({ teamId: 'ventas' })).toEqual(handover);
});

it('is not what went to others, what the agent transferred, and what was not transferred', () => {
  for (const hands of [{ assigneeId: 'eva' }, { teamId: 'envios' }, { teamId: 'ventas', assigneeId: 'eva' }, {}]) expect(to(hands)).toBeNull();
  expect(to({ teamId: 'ventas', handover: { ...handover, by: 'ana' } })).toBeNull();
  expect(to({ assigneeId: 'ana', handover: undefined })).toBeNull();
});
