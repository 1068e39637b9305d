import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Progress } from '@relevo/start';
import { runBench } from '../src/bench.js';
import { scenarioNames } from '../src/arguments.js';
import type { Compared } from '../src/measuring/rounds.js';
import type { Plan } from '../src/plan.js';
import { figuresOf } from '../src/output/figures.js';
import { listCases } from '../src/scenarios/lists.js';

/** As little as goes through every part of a run. */
const tiny: Plan = {
  send: [{ inFlight: 2, messages: 6, rounds: 1 }],
  lists: { pages: 1, rounds: 1, originals: 3, small: 20, large: 40 },
  idle: { sockets: 30, agents: 1, rounds: 1 },
  uploads: { uploads: 3, bytes: 500_000, everyMs: 20, messages: 5, rounds: 1 },
};

const isMeasured = ({ subject, reference, ratio }: Compared): boolean =>
  [subject, reference, ratio].every(({ median, min, max }) => Number.isFinite(median) && min <= median && median <= max);

it('measures every scenario on both sides', async () => {
  const logsDir = mkdtempSync(join(tmpdir(), 'relevo-bench-'));
  const said: string[] = [];
  const progress = new Progress({ write: (text: string) => said.push(text) });
  const { send, lists, idle, uploads, engine, machine } = await runBench({ quick: true, only: scenarioNames, replicas: 1, plan: tiny, logsDir }, progress);

  expect(engine.nats.version).toMatch(/^\d+\.\d+/);
  expect(machine.cores).toBeGreaterThan(0);

  expect(send).toHaveLength(1);
  const { receivedP50Ms, acknowledgedP50Ms, messagesPerSecond } = send![0]!;
  expect([receivedP50Ms, acknowledgedP50Ms, messagesPerSecond].filter((each) => isMeasured(each) && each.subject.min > 0)).toHaveLength(3);

  expect(lists!.pages).toHaveLength(listCases.length);
  expect(lists!.pages.every(({ firstPageP50Ms }) => isMeasured(firstPageP50Ms))).toBe(true);
  // Both sizes, first and second page; each of the very queries that were sent.
  expect(lists!.examined).toHaveLength(listCases.length * 4);
  expect(lists!.examined.filter(({ queries, keys }) => queries === 0 || keys === 0)).toEqual([]);

  expect(idle!.liveBytesPerSocket.subject.median).toBeGreaterThan(1_000);
  expect(idle!.liveBytesPerSocket.reference.median).toBeGreaterThan(1_000);
  expect(isMeasured(uploads!.receivedP95Ms) && uploads!.receivedP50Ms.subject.min > 0).toBe(true);
  expect(uploads!.residentBytes.peak.median).toBeGreaterThan(10_000_000);
  expect(uploads!.megabytesPerSecond.median).toBeGreaterThan(0);
  expect(figuresOf({ version: 1, quick: true, machine, engine, replicas: 1, send, lists, idle, uploads }).length).toBeGreaterThan(listCases.length);
  expect(said.join('')).toContain('✓ idle');
  await rm(logsDir, { recursive: true });
}, 600_000);
