import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuMsOf, descendantsOf, parseStat } from './processes.js';

it('reads parent and times behind a name that looks like the rest', () => {
  expect(parseStat('42 (odd ) name) S 7 42 42 0 -1 4194560 100 0 0 0 3 2 1 4 20 0 11 0 100 1000 10')).toEqual({ parent: 7, cpuMs: 100 });
});

it('counts what a process has worked', () => {
  const before = cpuMsOf([process.pid]);
  const began = process.cpuUsage();
  const workedMs = (): number => process.cpuUsage(began).user / 1_000;
  while (workedMs() < 100);
  // The kernel counts in ticks of 10 ms.
  expect(cpuMsOf([process.pid]) - before).toBeGreaterThanOrEqual(80);
});

it('finds what was started, and what that started', async () => {
  const shell = spawn('sh', ['-c', 'sleep 30 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(shell.stdout, 'data')) as [Buffer];
  const sleeper = Number(line.toString());
  expect(descendantsOf(process.pid)).toEqual(expect.arrayContaining([shell.pid, sleeper]));
  process.kill(sleeper, 'SIGKILL');
  await once(shell, 'exit');
});
