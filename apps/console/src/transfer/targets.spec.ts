import type { AgentView, TeamView } from '@relevo/contracts';
import { loadOf, nameOf, targetsOf } from './targets';

const agent = (name: string, more: Partial<AgentView> = {}): AgentView => ({
  id: name,
  name,
  email: `${name}@test.example`,
  role: 'agent',
  capacity: 4,
  teamIds: [],
  active: true,
  status: 'online',
  activeCount: 0,
  ...more,
});
const team = (name: string, archived = false): TeamView => ({ id: name, name, assignment: 'manual', archived });
const known = (agents: readonly AgentView[], teams: readonly TeamView[] = []) => ({
  agents: new Map(agents.map((each) => [each.id, each])),
  teams: new Map(teams.map((each) => [each.id, each])),
});
const mine = { assigneeId: 'yo', teamId: 'ventas', tray: 'assigned' } as const;
const names = (...args: Parameters<typeof targetsOf>): string[] => targetsOf(...args).map(nameOf);

it('are agents, then teams: who answers soonest first', () => {
  const agents = [agent('Zoe', { status: 'offline' }), agent('Ada', { activeCount: 3 }), agent('Beto', { activeCount: 1 }), agent('Leo', { status: 'away' }), agent('Ciro', { activeCount: 1 })];
  expect(names(known(agents, [team('Ventas'), team('Envíos')]), mine, 'yo', '')).toEqual(['Beto', 'Ciro', 'Ada', 'Leo', 'Zoe', 'Envíos', 'Ventas']);
});

it('leave out oneself, whom it is with, who left, and archived teams', () => {
  const agents = [agent('yo'), agent('Beto'), agent('Eva', { active: false }), agent('Ada')];
  expect(names(known(agents, [team('Vieja', true), team('Nueva')]), { ...mine, assigneeId: 'Beto' }, 'yo', '')).toEqual(['Ada', 'Nueva']);
});

it('leave out the team in whose queue it is, and offer it once somebody has it', () => {
  const teams = known([], [team('ventas'), team('envios')]);
  expect(names(teams, { assigneeId: null, teamId: 'ventas', tray: 'unassigned' }, 'yo', '')).toEqual(['envios']);
  expect(names(teams, mine, 'yo', '')).toEqual(['envios', 'ventas']);
});

it.each([
  ['JOSE', ['José Álvarez']],
  ['alv jo', ['José Álvarez']],
  ['env', ['Envíos']],
  ['nadie', []],
])('%s finds %j', (typed, found) => {
  expect(names(known([agent('José Álvarez'), agent('Rita')], [team('Envíos')]), mine, 'yo', typed)).toEqual(found);
});

it('begin with those whose name has a word that begins as was typed', () => {
  expect(names(known([agent('Eventos Ríos'), agent('Ana Vento', { status: 'away' })], [team('Posventa'), team('Ventas')]), mine, 'yo', 'vent')).toEqual(['Ana Vento', 'Eventos Ríos', 'Ventas', 'Posventa']);
});

it('of a team tell how many of it are online', () => {
  const agents = [agent('a', { teamIds: ['ventas'] }), agent('b', { teamIds: ['ventas'], status: 'away' }), agent('yo', { teamIds: ['ventas'] })];
  expect(targetsOf(known(agents, [team('ventas')]), mine, 'yo', 'ventas')).toEqual([{ kind: 'team', team: team('ventas'), online: 2 }]);
});

it('a load is at most whole', () => expect([loadOf({ activeCount: 1, capacity: 4 }), loadOf({ activeCount: 9, capacity: 4 }), loadOf({ activeCount: 0, capacity: 0 })]).toEqual([0.25, 1, 1]));
