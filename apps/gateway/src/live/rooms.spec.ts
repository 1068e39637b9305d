import { room, roomsOf, sameSight } from './rooms.js';

describe('rooms', () => {
  it('of an agent are those of their teams, of no team, and their own', () => {
    expect(roomsOf('w', 'ana', { role: 'agent', teamIds: ['t1', 't2'] })).toEqual([
      room.everyone('w'),
      room.agent('w', 'ana'),
      room.teamless('w'),
      room.team('w', 't1'),
      room.team('w', 't2'),
    ]);
  });

  it.each(['supervisor', 'admin'] as const)('of a %s are the supervisors’, whatever their teams', (role) => {
    expect(roomsOf('w', 'ana', { role, teamIds: ['t1'] })).toEqual([room.everyone('w'), room.agent('w', 'ana'), room.supervisors('w')]);
  });

  it('never carry one name twice', () => {
    const names = [room.everyone('w'), room.supervisors('w'), room.teamless('w'), room.team('w', 'x'), room.agent('w', 'x')];
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('sight', () => {
  it('is the same whatever the order of the teams', () => {
    expect(sameSight({ role: 'agent', teamIds: ['a', 'b'] }, { role: 'agent', teamIds: ['b', 'a'] })).toBe(true);
    expect(sameSight({ role: 'agent', teamIds: ['a'] }, { role: 'agent', teamIds: ['b'] })).toBe(false);
    expect(sameSight({ role: 'agent', teamIds: ['a'] }, { role: 'agent', teamIds: ['a', 'b'] })).toBe(false);
    expect(sameSight({ role: 'agent', teamIds: [] }, { role: 'admin', teamIds: [] })).toBe(false);
  });
});
