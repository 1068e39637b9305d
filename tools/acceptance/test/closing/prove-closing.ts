import { projectionDifferencesOf } from '../support/system.js';
import { ClosingRace, type Races } from './race.js';
import { Stage } from './stage.js';

/** Product rule "Close": an interaction that arrives at the same moment wins, whatever machines believe the time is. */
export function proveClosing(races: number, withinMs: number): void {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.start();
  }, 120_000);

  afterAll(() => stage?.stop());

  it('the machines disagree about the time by ten minutes', async () => {
    for (const service of ['scheduler', 'conversations', 'channels'] as const) expect(await stage.minutesAhead(service)).toEqual([0, 10]);
  });

  it(`a customer's message that races the automatic close, ${races} times: never lost, never inside a closed conversation, each closed at most once and none early`, async () => {
    const [idle, race, done] = [await stage.idleConversations(races), new ClosingRace(stage), [] as Races[]];
    const half = idle.length >> 1;
    done.push(await race.run(idle.slice(0, half)));
    // Whichever of the two schedulers it is that asks, the other takes over.
    const runs = await stage.closingRuns();
    const leader = runs[0]! > runs[1]! ? 1 : 2;
    await stage.system.running.kill('scheduler', leader);
    done.push(await race.run(idle.slice(half)));
    await stage.system.running.restart('scheduler', leader);
    const after = await stage.closingRuns();
    expect(runs[leader - 1]).toBeGreaterThan(0);
    expect(after[2 - leader]).toBeGreaterThan(runs[2 - leader]!);

    console.info(done.map(({ kept, reopened, medianLeadMs }) => `${kept} went on, ${reopened} closed first (the median ${medianLeadMs} ms before)`).join('; '));
    expect(done.flatMap(({ faults }) => faults)).toEqual([]);
    // Else it was no race.
    for (const { kept, reopened } of done) expect(Math.min(kept, reopened)).toBeGreaterThan(half / 10);
    expect(await projectionDifferencesOf(stage.system)).toEqual([]);
  }, withinMs);
}
