import { eventually } from '@relevo/testing';
import { type Outage, outages } from './outages.js';
import { upTo } from './outsider.js';
import { Probes } from './probes.js';
import { asInProduction, startSystem, type System } from './system.js';
import { type Asked, Traffic } from './traffic.js';

/** Promised for every answer while something is down. What the machine itself was late by at that moment comes on top. */
const promisedMs = 2_000;
/** Of a loaded machine; it is the fact that is asserted, not how soon. */
const recoveredWithinMs = 30_000;

/** What is stopped for `periodMs` is felt as `UNAVAILABLE` within 2 s, and as nothing else; then everything goes on by itself. */
export function proveOutages(periodMs: number): void {
  let system: System;
  let traffic: Traffic;
  let probes: Probes;

  beforeAll(async () => {
    // A refresh token is taken again longer than any of these outages.
    system = await startSystem(2, { ...asInProduction, env: { ...asInProduction.env, REFRESH_GRACE_SECONDS: '300' } });
    traffic = await Traffic.prepare(system);
    probes = new Probes(system);
    traffic.start();
    await eventually(() => expect(traffic.answeredWellSince(0).size).toBe(7), recoveredWithinMs);
  });

  afterAll(async () => {
    await traffic?.abandon();
    await probes?.stop();
    for (const agent of traffic?.agents ?? []) agent.disconnect();
    await system?.stop();
  });

  /** What was asked before the stop was asked of a system that was well: its time begins with the stop. */
  const isSlow = (stoppedAt: number) => ({ askedAt, tookMs }: Pick<Asked, 'askedAt' | 'tookMs'>): boolean => {
    const answeredAt = askedAt + tookMs;
    return answeredAt - Math.max(askedAt, stoppedAt) > promisedMs + probes.slackMs(askedAt, answeredAt);
  };
  const wrong = ({ code }: Asked): boolean => code !== 'OK' && code !== 'UNAVAILABLE';
  const told = ({ kind, tookMs, code }: Asked): string => `${kind}: ${code} after ${Math.round(tookMs)} ms`;
  const statuses = (path: '/healthz' | '/readyz'): number[] => probes.latest(path).map(({ status }) => status);

  it.each(outages)(`$name for ${periodMs / 1000} s`, async (outage: Outage) => {
    const stoppedAt = performance.now();
    await outage.stop(system.stack);
    const processes = system.running.processes.length;
    await eventually(() => expect(statuses('/readyz')).toEqual(Array(processes).fill(503)), recoveredWithinMs);
    const noticedAt = performance.now();
    // The outage itself takes its time: there is no fact to wait for but that it is over.
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, stoppedAt + periodMs - performance.now())));
    const backAt = performance.now();
    await outage.bringBack(system.stack);
    await eventually(() => expect(traffic.answeredWellSince(backAt)).toEqual(traffic.kinds), recoveredWithinMs);
    await eventually(() => expect(statuses('/readyz')).toEqual(Array(processes).fill(200)), recoveredWithinMs);

    const asked = traffic.asked.filter(({ askedAt, tookMs }) => askedAt + tookMs >= stoppedAt);
    expect(asked.filter(wrong).map(told)).toEqual([]);
    expect(asked.filter(isSlow(stoppedAt)).map(told)).toEqual([]);
    const refused = new Set(asked.filter(({ code }) => code === 'UNAVAILABLE').map(({ kind }) => kind));
    expect(refused).toEqual(traffic.kinds);

    const probed = probes.all.filter(({ askedAt }) => askedAt >= stoppedAt);
    expect(probed.filter(({ path, status }) => path === '/healthz' && status !== 200)).toEqual([]);
    expect(probed.filter(isSlow(stoppedAt))).toEqual([]);
    // Once it is noticed, nobody is ready until it is back.
    const meanwhile = probed.filter(({ path, askedAt, tookMs }) => path === '/readyz' && askedAt >= noticedAt && askedAt + tookMs <= backAt);
    expect(meanwhile.filter(({ status }) => status !== 503)).toEqual([]);
  }, periodMs + 150_000);

  it('then nothing acknowledged is lost or doubled, and no event was missed or given up', async () => {
    await traffic.stop();
    const conversations = Map.groupBy(traffic.acknowledged, ({ conversationId }) => conversationId);
    expect(conversations.size).toBeGreaterThanOrEqual(5);
    for (const [conversationId, acknowledged] of conversations) {
      const entries = await traffic.agents[0]!.timeline(conversationId);
      expect(entries.map(({ seq }) => seq)).toEqual(upTo(entries.length));
      const texts = entries.flatMap(({ data }) => (data.text === undefined ? [] : [data.text]));
      expect(new Set(texts).size).toBe(texts.length);
      const bySeq = new Map(entries.map(({ seq, data }) => [seq, data.text]));
      expect(acknowledged.filter(({ seq, text }) => bySeq.get(seq) !== text)).toEqual([]);
      for (const agent of traffic.agents) {
        await eventually(() => {
          const live = agent.live.filter((event) => event.conversationId === conversationId);
          expect(live.map(({ entry }) => entry)).toEqual(entries);
        }, recoveredWithinMs);
      }
    }
    expect(traffic.agents.map(({ resyncs }) => resyncs)).toEqual([[], []]);
    expect(await system.deadLetters.count()).toBe(0);
    expect(await system.projectionDifferences()).toEqual([]);
  });
}
