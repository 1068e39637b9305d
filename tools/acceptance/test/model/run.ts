import { randomUUID } from 'node:crypto';
import { type Entry, getConversation, getTimeline } from '@relevo/contracts';
import type { TestSystem } from '@relevo/testing';
import { type Act, actsOf } from './acts.js';
import { glance, lookAtAll } from './check.js';
import { opening, type Scenario, type Step } from './commands.js';
import { compare, Difference } from './difference.js';
import { type Dice, diceOf } from './dice.js';
import { emptyWorld, setStage, type Stage } from './stage.js';
import { closeWhatIsDue, perform } from './perform.js';
import { type Facts, type Outcome, predict, type World } from './world.js';
import type { Control } from './control.js';

/** How far the replicas' clocks may be from this process's. */
const clocksMs = 250;

const dayMs = 24 * 3_600_000;

/** What a step brought about, as far as only the system knows. */
interface Happened {
  readonly outcomes: readonly Outcome[];
  /** New entries, by conversation. */
  readonly tails: ReadonlyMap<string, readonly Entry[]>;
  readonly began: number;
  readonly ended: number;
}

export interface RunCounts {
  steps: number;
  refused: number;
  entries: number;
  races: number;
}

/** Plays a scenario in a workspace of its own. Fails with the first difference from the model, and the step that it came after. */
export async function run(system: TestSystem, control: Control, scenario: Scenario, seed: number, counts: RunCounts): Promise<void> {
  const stage = await setStage(system, control);
  try {
    await new Run(stage, diceOf(seed), counts).play([...opening, ...scenario]);
  } finally {
    for (const socket of stage.sockets) socket.close();
    await closeAll(stage);
  }
}

/** Nothing of it is left for the next run's automatic close. */
async function closeAll(stage: Stage): Promise<void> {
  stage.control.advance(2 * dayMs);
  while ((await closeWhatIsDue(stage)).more);
}

class Run {
  private world: World = emptyWorld();

  constructor(
    private readonly stage: Stage,
    private readonly dice: Dice,
    private readonly counts: RunCounts,
  ) {}

  async play(scenario: Scenario): Promise<void> {
    for (const [index, step] of scenario.entries()) {
      const acts = actsOf(this.world, step, index);
      try {
        if (acts.length > 0) await this.take(step, acts);
        await glance(this.stage, this.world, this.dice);
        if (index === scenario.length - 1) await lookAtAll(this.stage, this.world, this.dice);
      } catch (error) {
        if (error instanceof Difference) error.message += `\n  after step ${index + 1}: ${JSON.stringify(acts)}`;
        throw error;
      }
    }
  }

  private async take(step: Step, acts: readonly Act[]): Promise<void> {
    const ids = acts.map(() => randomUUID());
    const began = this.stage.control.now();
    const outcomes = await Promise.all(acts.map((act, index) => perform(this.stage, act, (step.replica + index) % 2, ids[index]!)));
    const happened = { outcomes, began, ended: this.stage.control.now(), tails: await this.tails(acts, outcomes) };
    this.world = this.explain(acts, happened);
    this.counts.steps += 1;
    this.counts.refused += outcomes.filter((outcome) => 'refused' in outcome).length;
    this.counts.races += acts.length - 1;
    const [act] = acts;
    // Under the id it had, at the other replica: the first answer again, and nothing happens.
    if (act && 'again' in step && step.again && act.do !== 'close-inactive' && act.do !== 'wait') {
      compare(`${act.do}, repeated`, await perform(this.stage, act, (step.replica + 1) % 2, ids[0]!), outcomes[0]);
    }
  }

  /** The world after it. A race must have come out as if one had been after the other. */
  private explain(acts: readonly Act[], happened: Happened): World {
    const orders = acts.length === 2 ? [[0, 1], [1, 0]] : [[0]];
    const differences: Difference[] = [];
    for (const order of orders) {
      const world = structuredClone(this.world);
      try {
        this.follow(world, acts, order, happened);
        return world;
      } catch (error) {
        if (!(error instanceof Difference)) throw error;
        differences.push(error);
      }
    }
    if (differences.length > 1) throw new Difference(differences[0]!.aspect, differences.map(({ message }, index) => `in order ${index + 1} of a race: ${message}`).join('\n  '));
    throw differences[0]!;
  }

  private follow(world: World, acts: readonly Act[], order: readonly number[], happened: Happened): void {
    const known = world.entries.length;
    for (const index of order) {
      const outcome = predict(world, acts[index]!, this.facts(happened, index));
      compare(`${acts[index]!.do} is answered`, happened.outcomes[index], outcome);
    }
    const made = world.entries.slice(known);
    this.counts.entries += made.length;
    for (const [id, tail] of happened.tails) compare(`new entries of ${id}`, tail, made.filter(({ conversationId }) => conversationId === id), 'timeline');
  }

  private facts({ outcomes, tails, began, ended }: Happened, index: number): Facts {
    const outcome = outcomes[index]!;
    return {
      ids: this.stage.ids,
      at: (conversationId, seq) => {
        const entry = tails.get(conversationId)?.find((one) => one.seq === seq);
        if (!entry) throw new Difference('timeline', `${conversationId} should have an entry ${seq}: ${JSON.stringify(outcome)}`);
        return Date.parse(entry.at);
      },
      newId: () => {
        const id = idIn(outcome);
        if (id === undefined || this.world.conversations.some((one) => one.id === id)) throw new Difference('answer', `a new conversation should be there, is ${JSON.stringify(outcome)}`);
        return id;
      },
      // Within the clocks' differences it may have been either.
      isPast: (time) => (began - clocksMs > time ? true : ended + clocksMs < time ? false : 'refused' in outcome),
    };
  }

  /** What every conversation that may have changed got since: what agents are answered tells; of all else somebody must look. */
  private async tails(acts: readonly Act[], outcomes: readonly Outcome[]): Promise<Map<string, readonly Entry[]>> {
    if (acts.every((act) => 'who' in act && 'conversationId' in act)) {
      const entries = outcomes.map(entryIn).filter((entry) => entry !== undefined);
      return Map.groupBy(entries.toSorted((one, other) => one.seq - other.seq), ({ conversationId }) => conversationId);
    }
    const { conversations } = this.world;
    const touched = new Set(outcomes.map(idIn).filter((id) => id !== undefined));
    for (const act of acts) {
      if ('conversationId' in act) touched.add(act.conversationId);
      for (const { id, customer, status } of conversations) {
        if ('customer' in act ? customer === act.customer : act.do === 'close-inactive' && status === 'active') touched.add(id);
      }
    }
    const [root] = this.stage.clients.root;
    const tails = await Promise.all(
      [...touched].map(async (conversationId) => {
        const after = conversations.find(({ id }) => id === conversationId)?.seq ?? 0;
        if (after === 0) await this.meet(conversationId);
        return [conversationId, (await root!.call(getTimeline, { conversationId, after, limit: 100 })).items] as const;
      }),
    );
    return new Map(tails.filter(([, entries]) => entries.length > 0));
  }

  /** A customer's id is chosen by the server too. */
  private async meet(conversationId: string): Promise<void> {
    const { customer } = await this.stage.clients.root[0]!.call(getConversation, { conversationId });
    this.stage.ids.customers.set(customer.name as Parameters<typeof this.stage.ids.customers.set>[0], customer.id);
  }
}

function entryIn(outcome: Outcome): Entry | undefined {
  return ('answer' in outcome && (outcome.answer as { entry: Entry | null }).entry) || undefined;
}

/** The conversation that an answer is about. */
function idIn(outcome: Outcome): string | undefined {
  if (!('answer' in outcome)) return undefined;
  const { conversationId, conversation } = (outcome.answer ?? {}) as { conversationId?: string; conversation?: { id: string } };
  return conversationId ?? conversation?.id;
}
