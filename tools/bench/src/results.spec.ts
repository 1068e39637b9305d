import type { Compared } from './measuring/rounds.js';
import { isMet, type Results, targetsOf } from './results.js';
import { figuresOf } from './output/figures.js';
import { plotOf } from './output/plot.js';
import { summaryOf } from './output/summary.js';

const compared = (ratio: number): Compared => ({
  subject: { median: ratio * 2, min: ratio, max: ratio * 3 },
  reference: { median: 2, min: 2, max: 2 },
  ratio: { median: ratio, min: ratio / 2, max: ratio * 1.5 },
});

const sending = (inFlight: number, ratio: number) => ({
  inFlight,
  messages: 10,
  rounds: 1,
  receivedP50Ms: compared(ratio),
  receivedP95Ms: compared(1),
  acknowledgedP50Ms: compared(1),
  messagesPerSecond: compared(1),
  cpuMsPerMessage: compared(1),
  engineCpuMsPerMessage: null,
});

const page = { order: 'waiting', viewer: 'agent', pages: 1, rounds: 1, aloneP50Ms: { median: 1, min: 1, max: 1 } } as const;
const examined = { order: 'waiting', viewer: 'agent', tray: 'all', page: 'first', queries: 2, keys: 60 } as const;

const even = (value: number) => ({ median: value, min: value, max: value });

const uploads = {
  uploads: 50,
  bytes: 10_000_000,
  everyMs: 40,
  messages: 250,
  rounds: 3,
  receivedP50Ms: compared(1.9),
  receivedP95Ms: compared(2.1),
  megabytesPerSecond: even(40),
  liveBytes: { before: even(60e6), after: even(61e6) },
  residentBytes: { before: even(150e6), peak: even(190e6), after: even(151e6) },
  addedResidentBytes: even(40e6),
};

const results: Results = {
  version: 1,
  quick: false,
  machine: { cpu: 'Some <CPU> & more', cores: 2, memoryGb: 24, system: 'Debian', node: 'v24.0.0' },
  engine: { nats: { name: 'nats-server', version: '2.12.7', via: 'packages' }, database: { name: 'MongoDB', version: '8.0.0', via: 'docker' } },
  replicas: 1,
  send: [sending(1, 2.5), sending(16, 3.6), sending(64, 9)],
  lists: {
    small: 10,
    large: 1_000,
    pages: [
      { ...page, tray: 'all', firstPageP50Ms: compared(1.1) },
      { ...page, tray: 'unassigned', firstPageP50Ms: compared(1.3) },
    ],
    examined: [
      { ...examined, conversations: 10, keysPerRow: 1 },
      { ...examined, conversations: 1_000, keys: 1_001, keysPerRow: 1.2 },
    ],
  },
  uploads,
};

it('holds the worst of each kind against its bound', () => {
  expect(targetsOf(results).map((target) => [target.value, target.atMost, isMet(target)])).toEqual([
    [2.5, 2.5, true],
    [3.6, 3.5, false],
    [1.3, 1.25, false],
    [1_001, 1_000, false],
    [1.9, 2, true],
    [2.1, 2, false],
    [40, 89, true],
  ]);
  expect(targetsOf({ ...results, send: undefined, lists: undefined, uploads: undefined })).toEqual([]);
  expect(targetsOf({ ...results, lists: undefined })).toHaveLength(5);
});

it('tells all of it to a person, with what is not met', () => {
  const summary = summaryOf(results);
  for (const { group, name } of figuresOf(results)) for (const words of [group, name]) expect(summary).toContain(words);
  expect(summary).toContain('7.20 (3.60–10.8)');
  expect(summary).toContain('✗ send -> receive p50, 16 in flight, against the floor: 3.60, at most 3.5');
  expect(summary).toMatch(/resident memory, peak +MB +190 \(190–190\)/);
  expect(summaryOf({ ...results, quick: true })).not.toContain('✗');
});

it('draws a bar with its least and greatest round for every figure', () => {
  const plot = plotOf(results);
  expect(plot.match(/class="bar"/g)).toHaveLength(figuresOf(results).length);
  expect(plot.match(/class="whisker"/g)).toHaveLength(figuresOf(results).length);
  expect(plot).toContain('Some &lt;CPU&gt; &amp; more');
  expect(plot).toContain('prefers-color-scheme: dark');
});
