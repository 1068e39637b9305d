import { projectionDifferencesOf } from '../support/system.js';
import { ClosingRace, type Races } from './race.js';
import { type Idle, Stage } from './stage.js';

/** Of each half; on a busy machine the first may be over before its aim is as late as the machine. */
const maxBatches = 3;

const isRace = ({ kept, reopened }: Races): boolean => Math.min(kept, reopened) > (kept + reopened) / 10;

/** Races in batches until one was a race, which it is not where always the same comes first. */
async function raceOn(idle: Idle[], size: number, race: ClosingRace): Promise<Races[]> {
  const done: Races[] = [];
  while (done.length < maxBatches && !done.some(isRace)) done.push(await race.run(idle.splice(0, size)));
  return done;
}

/** Product rule "Close": an interaction that arrives at the same moment wins, whatever machines believe the time is. */
export function proveClosing(races: number, withinMs: number): void {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.start();
  });

  afterAll(() => stage?.stop());

  it('the machines disagree about the time by ten minutes', async () => {
    for (const service of ['scheduler', 'conversations', 'channels'] as const) expect(await stage.minutesAhead(service)).toEqual([0, 10]);
  });

  it(`a customer's message that races the automatic close, ${races} times: never lost, never inside a closed conversation, each closed at most once and none early`, async () => {
    const half = races >> 1;
    const [idle, race] = [await stage.idleConversations(maxBatches * races), new ClosingRace(stage)];
    const byBoth = await raceOn(idle, half, race);
    // Whichever of the two schedulers it is that asks, the other takes over.
    const runs = await stage.closingRuns();
    const leader = runs[0]! > runs[1]! ? 1 : 2;
    await stage.system.running.kill('scheduler', leader);
    const byOne = await raceOn(idle, half, race);
    await stage.system.running.restart('scheduler', leader);
    const after = await stage.closingRuns();
    expect(runs[leader - 1]).toBeGreaterThan(0);
    expect(after[2 - leader]).toBeGreaterThan(runs[2 - leader]!);

    const done = [...byBoth, ...byOne];
    console.info(done.map(({ kept, reopened, medianLeadMs }) => `${kept} went on, ${reopened} closed first (the median ${medianLeadMs} ms before)`).join('; '));
    expect(done.flatMap(({ faults }) => faults)).toEqual([]);
    expect([byBoth, byOne].map((batches) => batches.some(isRace))).toEqual([true, true]);
    expect(await projectionDifferencesOf(stage.system)).toEqual([]);
  }, withinMs);
}
