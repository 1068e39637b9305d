import { Progress } from './progress.js';

function aProgress(isTTY: boolean) {
  let [written, now] = ['', 0];
  const progress = new Progress({ write: (text) => (written += text), isTTY, columns: 40 }, () => now);
  return { progress, pass: (ms: number) => (now += ms), written: () => written };
}

it('writes a line for a step, and not more than one a second on its way', async () => {
  const { progress, pass, written } = aProgress(false);
  const work = async (say: (line: string) => void): Promise<number> => {
    for (let count = 1; count <= 4; count++) {
      say(`${count} of 4`);
      pass(400);
    }
    return Promise.resolve(4);
  };
  await expect(progress.step('demo', work, (count) => `${count} stories`)).resolves.toBe(4);
  expect(written()).toBe(['  0.0 s    demo       1 of 4', '  1.2 s    demo       4 of 4', '  1.6 s  ✓ demo       4 stories', ''].join('\n'));
});

it('keeps to one line on a terminal, as long as that is wide at most', async () => {
  const { progress, written } = aProgress(true);
  await progress.step('engine', (say) => Promise.resolve(say('downloading a package with a very long name')));
  const drawn = written().split('\r\x1b[K').slice(1, -1);
  expect(drawn).not.toHaveLength(0);
  for (const line of drawn) expect(line.length).toBeLessThan(40);
  expect(written().match(/\n/g)).toHaveLength(1);
});

it('shows at which point a step failed', async () => {
  const { progress, written } = aProgress(false);
  const failing = progress.step('services', async (say) => {
    say('2 of 6');
    return Promise.reject(new Error('no'));
  });
  await expect(failing).rejects.toThrow('no');
  expect(written()).toContain('✗ services   2 of 6');
});
