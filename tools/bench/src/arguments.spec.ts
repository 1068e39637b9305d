import { readArguments } from './arguments.js';

it('measures everything, once of each service, when nothing is said', () => {
  expect(readArguments([])).toEqual({ quick: false, only: ['send', 'lists', 'idle', 'uploads'], replicas: 1, rounds: undefined, out: undefined, help: false });
});

it('takes what is said, and refuses what it cannot do in one line', () => {
  expect(readArguments(['--quick', '--only', 'idle', '--only', 'send', '--rounds', '3', '--replicas', '2', '--out', 'x'])).toEqual({
    quick: true,
    only: ['idle', 'send'],
    replicas: 2,
    rounds: 3,
    out: 'x',
    help: false,
  });
  expect(() => readArguments(['--only', 'everything'])).toThrow('--only must be one of send, lists, idle, uploads, not "everything".');
  expect(() => readArguments(['--rounds', '0'])).toThrow('--rounds');
  expect(() => readArguments(['--fast'])).toThrow('--fast');
});
