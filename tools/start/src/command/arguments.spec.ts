import { readSimulationArguments, requireLoopback } from '../simulation/simulation-arguments.js';
import { readStartArguments, UsageError } from './arguments.js';

it('starts one replica of each and keeps the data unless told otherwise', () => {
  expect(readStartArguments([])).toEqual({ replicas: 1, fresh: false, help: false });
  expect(readStartArguments(['--replicas', '3', '--fresh'])).toEqual({ replicas: 3, fresh: true, help: false });
});

it.each([['0'], ['10'], ['2.5'], ['two'], [''], ['-1']])('refuses %p replicas', (count) => {
  expect(() => readStartArguments([`--replicas=${count}`])).toThrow(UsageError);
});

it.each([[['--nope']], [['extra']], [['--fresh=1']], [['--replicas']]])('refuses %p in one line that names it', (args) => {
  const bad = () => readStartArguments(args);
  expect(bad).toThrow(UsageError);
  expect(bad).toThrow(/^[^\n]+\.$/);
});

it('simulates two messages a second for five minutes unless told otherwise', () => {
  expect(readSimulationArguments([])).toEqual({ rate: 2, minutes: 5, help: false });
  expect(readSimulationArguments(['--rate', '0.5', '--minutes=1'])).toMatchObject({ rate: 0.5, minutes: 1 });
});

it.each([['--rate=0'], ['--rate=201'], ['--rate=fast'], ['--minutes=0'], ['--minutes=100000'], ['--minutes=-1']])('refuses %s', (arg) => {
  expect(() => readSimulationArguments([arg])).toThrow(UsageError);
});

it('writes to this machine only', () => {
  expect(() => requireLoopback(['http://127.0.0.1:3000', 'http://localhost:1', 'http://[::1]:3000', 'http://127.9.9.9:1'])).not.toThrow();
  for (const url of ['http://10.0.0.1:3000', 'https://relevo.example', 'http://127.0.0.1.example.com', 'http://localhost.example.com', 'nonsense', 'http://0.0.0.0:3000']) {
    expect(() => requireLoopback(['http://127.0.0.1:3000', url])).toThrow(UsageError);
  }
});
