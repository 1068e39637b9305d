import { EventEmitter } from 'node:events';
import type { HttpAdapterHost } from '@nestjs/core';
import { Readiness } from '@relevo/platform';
import type { GatewayConfig } from '../config.js';
import type { Connection } from './agent-socket.js';
import { Drain, spreadMs } from './drain.js';

it.each([
  [0, 0],
  [1, 10],
  [100, 1_000],
  [500, 5_000],
  [20_000, 5_000],
])('%i connections are let go over %i ms', (connections, ms) => {
  expect(spreadMs(connections, 5)).toBe(ms);
  expect(spreadMs(connections, 0)).toBe(0);
});

/** As much of a connection as ends it. */
class Line extends EventEmitter {
  readyState = 'open';
  readonly transport = { socket: { bufferedAmount: 0, terminate: () => this.end() } };

  constructor(private readonly isDeaf = false) {
    super();
  }

  /** Whoever does not read does not say goodbye. */
  close(): void {
    if (!this.isDeaf) this.end();
  }

  private end(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.emit('close');
  }
}

describe('a replica that stops', () => {
  const closeServer = jest.fn();
  const cutAll = jest.fn();
  let drain: Drain;

  beforeEach(() => {
    jest.useFakeTimers();
    closeServer.mockClear();
    cutAll.mockClear();
    drain = new Drain({ DRAIN_SECONDS: 5 } as GatewayConfig, { httpAdapter: { getHttpServer: () => ({ close: closeServer, closeIdleConnections: jest.fn(), closeAllConnections: cutAll }) } } as unknown as HttpAdapterHost, new Readiness());
  });

  afterEach(() => jest.useRealTimers());

  const attach = (lines: readonly Line[]): void => drain.attach({ sockets: new Map(lines.map((line, index) => [String(index), { conn: line as unknown as Connection }])) });
  const open = (lines: readonly Line[]): number => lines.filter(({ readyState }) => readyState === 'open').length;

  it('lets its connections go at random times, in no order of theirs', async () => {
    const lines = Array.from({ length: 100 }, () => new Line());
    const gone: number[] = [];
    lines.forEach((line, index) => line.once('close', () => gone.push(index)));
    attach(lines);
    void drain.finish();
    const left: number[] = [];
    for (let tenth = 1; tenth < 10; tenth++) {
      await jest.advanceTimersByTimeAsync(100);
      left.push(open(lines));
    }
    // Each tenth of the time takes about a tenth of them: of 100 dice none lies further from it than this in a million runs.
    left.forEach((count, index) => expect(Math.abs(count - (90 - 10 * index))).toBeLessThan(30));
    await jest.advanceTimersByTimeAsync(100);
    expect(gone).toHaveLength(100);
    expect(gone).not.toEqual(gone.toSorted((one, other) => one - other));
    expect(closeServer).toHaveBeenCalledTimes(1);
  });

  it('waits for the goodbye of one that does not read for a second, not the half minute that WebSockets give', async () => {
    const lines = [new Line(), new Line(true)];
    attach(lines);
    void drain.finish();
    await jest.advanceTimersByTimeAsync(20);
    expect(open(lines)).toBe(1);
    await jest.advanceTimersByTimeAsync(970);
    expect(open(lines)).toBe(1);
    await jest.advanceTimersByTimeAsync(30);
    expect(open(lines)).toBe(0);
    expect(closeServer).toHaveBeenCalledTimes(1);
  });

  it('cuts what still waits for its answer over HTTP in time for a grace period of 10 s more than DRAIN_SECONDS', async () => {
    attach([new Line(true)]);
    void drain.finish();
    await jest.advanceTimersByTimeAsync(12_900);
    expect(cutAll).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(200);
    expect(cutAll).toHaveBeenCalledTimes(1);
  });
});
