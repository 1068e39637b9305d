import fc from 'fast-check';
import { anEntry } from '../../test/support/a-server.js';
import { Timeline, type TimelinePage } from './timeline.js';

async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}

type Range = { before?: number; after?: number; limit: number };

/** A conversation of `length` entries that grows; pages are read when the test says so, and arrive when it says so. */
class Scene {
  readonly timeline = new Timeline('a', (_, range) => new Promise((answer) => this.asked.push({ range, answer, page: null })));
  readonly asked: { range: Range; answer: (page: TimelinePage) => void; page: TimelinePage | null }[] = [];
  private told: number;

  constructor(public length: number) {
    this.told = length;
  }

  get seqs(): number[] {
    return this.timeline.getSnapshot().entries.map(({ seq }) => seq);
  }

  read(): void {
    for (const one of this.asked) one.page ??= this.pageOf(one.range);
  }

  async deliver(): Promise<void> {
    const one = this.asked.shift();
    one?.answer(one.page ?? this.pageOf(one.range));
    await settled();
  }

  tell(count: number): void {
    for (let left = count; left > 0 && this.told < this.length; left--) this.timeline.tell(anEntry('a', ++this.told));
  }

  /** What was not told will not be. */
  lose(): void {
    this.told = this.length;
    this.timeline.doubt();
  }

  async settle(): Promise<void> {
    this.tell(Infinity);
    do await this.deliver();
    while (this.asked.length > 0);
  }

  private pageOf({ before, after = 0, limit }: Range): TimelinePage {
    const all = Array.from({ length: this.length }, (_, index) => anEntry('a', index + 1));
    const few = Math.min(limit, 4);
    const wanted = before === undefined ? all.filter(({ seq }) => seq > after) : all.filter(({ seq }) => seq < before);
    const items = before === undefined ? wanted.slice(0, few) : wanted.slice(-few);
    return { items, nextCursor: items.length < wanted.length ? 'more' : null };
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a timeline', () => {
  it('opens at its end, and pages back to its beginning', async () => {
    const scene = new Scene(10);
    scene.timeline.open();
    expect(scene.timeline.getSnapshot().isLoading).toBe(true);
    await scene.deliver();
    expect(scene.seqs).toEqual(range(7, 10));
    expect(scene.timeline.getSnapshot()).toMatchObject({ hasOlder: true, hasNewer: false, isLoading: false });
    for (let pages = 0; pages < 3; pages++) {
      scene.timeline.loadOlder();
      await scene.deliver();
    }
    expect(scene.seqs).toEqual(range(1, 10));
    expect(scene.timeline.getSnapshot().hasOlder).toBe(false);
    scene.timeline.loadOlder();
    expect(scene.asked).toEqual([]);
  });

  it('opens around an entry, and pages on to where live entries follow', async () => {
    const scene = new Scene(12);
    scene.timeline.open(3);
    await scene.deliver();
    expect(scene.seqs).toEqual(range(1, 4));
    scene.length = 13;
    scene.tell(1);
    expect(scene.seqs).toEqual(range(1, 4));
    expect(scene.asked).toEqual([]);
    for (let pages = 0; pages < 2; pages++) {
      scene.timeline.loadNewer();
      await scene.deliver();
    }
    // The last came live long before.
    expect(scene.seqs).toEqual(range(1, 13));
    scene.timeline.loadNewer();
    await scene.deliver();
    expect(scene.timeline.getSnapshot().hasNewer).toBe(false);
    scene.length = 14;
    scene.tell(1);
    expect(scene.seqs).toEqual(range(1, 14));
  });

  it('opens around an entry, whatever is heard of the connection meanwhile, and asks once', async () => {
    for (const before of [0, 30]) {
      const scene = new Scene(30);
      if (before > 0) {
        scene.timeline.open();
        await scene.deliver();
      }
      scene.timeline.open(3);
      scene.timeline.open(3);
      expect(scene.asked.length).toBe(1);
      scene.lose();
      await scene.settle();
      expect(scene.seqs).toEqual(range(1, 4));
    }
  });

  it('opens at its end where there is no such entry', async () => {
    const scene = new Scene(10);
    scene.timeline.open(1_000);
    await scene.settle();
    expect(scene.seqs).toEqual(range(7, 10));
    expect(scene.timeline.getSnapshot()).toMatchObject({ hasNewer: false, isLoading: false });
  });

  it('catches up by itself with what was missed, page by page, and keeps what it had', async () => {
    const scene = new Scene(4);
    scene.timeline.open();
    await scene.deliver();
    scene.length = 14;
    scene.lose();
    expect(scene.seqs).toEqual(range(1, 4));
    await scene.settle();
    expect(scene.seqs).toEqual(range(1, 14));
  });

  it('is emptied when it is out of sight, and opens again when it is back', async () => {
    const scene = new Scene(4);
    scene.timeline.open();
    await scene.deliver();
    scene.timeline.clear();
    expect(scene.seqs).toEqual([]);
    scene.length = 6;
    scene.lose();
    scene.length = 7;
    await scene.settle();
    expect(scene.seqs).toEqual(range(4, 7));
  });

  it('finds the entry of a time by a few questions', async () => {
    const scene = new Scene(1_000);
    const found = scene.timeline.findSeq(new Date(anEntry('a', 700).at), 1_000);
    let asked = 0;
    for (; scene.asked.length > 0; asked++) await scene.deliver();
    expect(await found).toBe(700);
    expect(asked).toBeLessThan(12);
  });

  it.each([
    ['before all', new Date(0), 1],
    ['at the last', new Date(anEntry('a', 9).at), 9],
    ['after all', new Date(Date.parse(anEntry('a', 9).at) + 1), null],
  ])('finds what there is of a time %s', async (_, at, expected) => {
    const scene = new Scene(9);
    const found = scene.timeline.findSeq(at, 9);
    while (scene.asked.length > 0) await scene.deliver();
    expect(await found).toBe(expected);
  });

  it('shows what comes while somebody reads far above as ahead, and keeps how far was read', async () => {
    const scene = new Scene(40);
    scene.timeline.open();
    await scene.deliver();
    scene.timeline.open(10);
    await scene.deliver();
    scene.length = 42;
    scene.tell(2);
    const { entries, ahead, hasNewer, reachedSeq } = scene.timeline.getSnapshot();
    expect(entries[0]!.seq).toBeLessThanOrEqual(10);
    expect(ahead.slice(-2).map(({ seq }) => seq)).toEqual([41, 42]);
    expect([hasNewer, reachedSeq]).toEqual([true, 40]);
    scene.timeline.leave();
    await scene.settle();
    expect(scene.seqs.at(-1)).toBe(42);
    expect(scene.timeline.getSnapshot().hasNewer).toBe(false);
  });

  type Step = { readonly do: 'grow' | 'tell'; readonly count: number } | { readonly do: 'read' | 'deliver' | 'older' | 'newer' | 'end' | 'lose' } | { readonly do: 'open'; readonly at: number };
  const count = fc.integer({ min: 1, max: 3 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ do: fc.constantFrom('grow' as const, 'tell' as const), count }),
    fc.record({ do: fc.constantFrom('read' as const, 'deliver' as const, 'deliver' as const, 'older' as const, 'newer' as const) }),
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('end' as const, 'lose' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('open' as const), at: fc.integer({ min: 1, max: 12 }) }) },
  );

  it('never has a gap, and where somebody stays at its end has all that came', async () => {
    let atEnd = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.array(step, { minLength: 5, maxLength: 60 }), async (length, steps) => {
        const scene = new Scene(length);
        const { timeline } = scene;
        timeline.open();
        for (const one of steps) {
          if (one.do === 'grow') scene.length += one.count;
          if (one.do === 'tell') scene.tell(one.count);
          if (one.do === 'read') scene.read();
          if (one.do === 'deliver') await scene.deliver();
          if (one.do === 'older') timeline.loadOlder();
          if (one.do === 'newer') timeline.loadNewer();
          if (one.do === 'end') timeline.open();
          if (one.do === 'open') timeline.open(Math.min(one.at, scene.length));
          if (one.do === 'lose') scene.lose();
          const { seqs } = scene;
          expect(seqs).toEqual(seqs.length === 0 ? [] : range(seqs[0]!, seqs.at(-1)!));
        }
        await scene.settle();
        const { entries, hasNewer, isLoading } = timeline.getSnapshot();
        expect(isLoading).toBe(false);
        expect(entries.length).toBeGreaterThan(0);
        if (!hasNewer) {
          atEnd += 1;
          expect(entries.at(-1)!.seq).toBe(scene.length);
        }
      }),
      { seed: 20261130, numRuns: 500 },
    );
    expect(atEnd).toBeGreaterThan(100);
  });
});
