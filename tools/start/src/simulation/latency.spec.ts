import { Arrivals, Latencies } from './latency.js';

it('tells the time that half and most stay within', () => {
  const latencies = new Latencies();
  expect(latencies.toString()).toBe('p50 – p95 –');
  for (let ms = 100; ms >= 1; ms--) latencies.add(ms);
  expect(latencies.toString()).toBe('p50 50 ms p95 95 ms');
});

it('forgets what is long ago', () => {
  const latencies = new Latencies(2);
  for (const ms of [1_000, 10, 20]) latencies.add(ms);
  expect(latencies.quantile(1)).toBe(20);
});

it('brings acceptance and arrival together, whichever is heard of first', () => {
  const arrivals = new Arrivals();
  arrivals.wasAccepted('a:2', 100);
  expect(arrivals.missing).toBe(1);
  arrivals.wasSeen('a:2', 130);
  arrivals.wasSeen('b:2', 90);
  arrivals.wasAccepted('b:2', 100);
  arrivals.wasSeen('of somebody else:5', 1);
  expect(arrivals).toMatchObject({ missing: 0, arrived: 2 });
  expect([arrivals.latencies.quantile(0.5), arrivals.latencies.quantile(1)]).toEqual([0, 30]);
});
