import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { forgetPeakOf, peakBytesOf } from './peak.js';

it('tells the most memory that a process had, also when it has given it back', async () => {
  const program = 'Buffer.alloc(200e6, 1); process.stdout.write("."); setInterval(() => undefined, 1000)';
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  expect(peakBytesOf(child.pid!)).toBeGreaterThan(200e6);
  child.kill('SIGKILL');
  await once(child, 'exit');
  forgetPeakOf(process.pid);
  expect(peakBytesOf(process.pid) / process.memoryUsage().rss).toBeCloseTo(1, 0);
});
