import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@relevo/testing';
import { type Answer, faultsOfAnswer } from './answers.js';
import { Bystander } from './bystander.js';
import { Chronicle } from './chronicle.js';
import { faultsOfEnds } from './ends.js';
import { Frontend } from './frontend.js';
import { Performance } from './perform.js';
import { readLists } from './reading.js';
import { clients, customers, dismissed, names, type Schedule, type Step } from './schedule.js';
import { type Session, type Sight, sightOf } from './session.js';
import { mark, patienceMs, reset, type Stage, untilKnown } from './stage.js';
import { tellTruth } from './tell-truth.js';
import { faultsOfState } from './states.js';
import { tellsOf } from './truth.js';
import { faultsOfReadings, faultsOf } from './verdict.js';

/** What happened in a schedule, so that a run can show that it was not idle. */
export interface Outcome {
  readonly faults: readonly string[];
  readonly counts: Record<'events' | 'resumed' | 'begun' | 'resyncs' | 'removed' | 'sightChanges' | 'sessions' | 'answers' | 'refusals' | 'shown', number>;
}

/** Plays one schedule, waits until nothing is on its way any more, and judges everything that anybody was told. */
export async function runSchedule(stage: Stage, schedule: Schedule, elsewhere: () => string | undefined): Promise<Outcome> {
  const start = await reset(stage);
  const initial = new Map<string, Sight>((await readLists(stage.admin[0]!)).agents.map((agent) => [agent.id, sightOf(agent)]));
  const frontends = clients.map((name, index) => new Frontend(`${name}/${index}`, stage.people[name]));
  const bystander = await Bystander.at(dismissed, stage.people[dismissed]);
  const chronicle = new Chronicle(initial);
  const performance = new Performance(stage, frontends, chronicle, elsewhere);
  try {
    await play(schedule, performance, frontends);
    const { truth, faults } = await tellTruth(stage, start, initial, performance.conversationIds);
    const tagId = await mark(stage);
    await untilKnown(stage, start, tellsOf(tagId));
    const missing = await meetAgain(frontends, tagId);
    const isDismissed = schedule.some(({ step }) => step.do === 'dismiss');
    await (isDismissed ? bystander.isCut() : bystander.hearsOf(tagId));
    const { happenings } = stage.witness.after(start);
    const whole = { ...truth, happenings };
    const still = names.filter((name) => !isDismissed || name !== dismissed);
    const states = [...(await Promise.all(still.map((name) => faultsOfState(stage, name, frontends)))), await faultsOfEnds(stage, still)];
    const sessions = [...frontends.flatMap((frontend) => frontend.sessions), ...bystander.sessions];
    return {
      faults: [
        ...performance.faults,
        ...faults,
        ...missing,
        ...states.flat(),
        ...performance.answers.flatMap((answer) => faultsOfAnswer(answer, truth.conversations, chronicle)),
        ...sessions.flatMap((session) => faultsOf(session, whole)),
        ...frontends.flatMap((frontend) => [...frontend.faults, ...faultsOfReadings(frontend.name, frontend.agentId, frontend.readings, whole)]),
      ],
      counts: countsOf(sessions, performance.answers),
    };
  } finally {
    for (const frontend of frontends) frontend.end();
    bystander.close();
  }
}

/** However slow the machine, no more than it answers in time. */
const mostUnderWay = 8;

/** Steps begin one after the other, and do not wait for each other. */
async function play(schedule: Schedule, performance: Performance, frontends: readonly Frontend[]): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const begin = (step: Step): void => {
    const done = performance.perform(step).finally(() => underWay.delete(done));
    underWay.add(done);
  };
  // Something to see for everyone, and someone to see it.
  frontends.forEach((frontend, index) => frontend.connect(index % 2, 'none'));
  customers.forEach((_, customer) => begin({ do: 'write', customer, replica: customer % 2 }));
  for (const { step, afterMs } of schedule) {
    await delay(afterMs);
    while (underWay.size >= mostUnderWay) await Promise.race(underWay);
    begin(step);
  }
  await Promise.all(underWay);
}

/** Whoever was away comes back, and everyone hears the mark that was set after all the rest. */
async function meetAgain(frontends: readonly Frontend[], tagId: string): Promise<string[]> {
  const faults = await Promise.all(
    frontends.map(async (frontend, index) => {
      frontend.thaw();
      if (!frontend.isAttached) frontend.connect(index % 2, 'last');
      const marked = (): boolean => frontend.state.tags.has(tagId) && frontend.state.reload === null;
      try {
        await eventually(async () => {
          await frontend.settle();
          if (!marked()) throw new Error(`${frontend.name} did not come to know of the mark`);
        }, patienceMs);
      } catch (error) {
        return [String(error)];
      }
      if (frontend.current) frontend.current.whole = true;
      return [];
    }),
  );
  return faults.flat();
}

function countsOf(sessions: readonly Session[], answers: readonly Answer[]): Outcome['counts'] {
  const heard = sessions.flatMap((session) => session.heard);
  const count = (fits: (event: (typeof heard)[number]) => boolean): number => heard.filter(fits).length;
  return {
    sessions: sessions.length,
    answers: answers.length,
    refusals: answers.filter(({ told }) => told.what === 'refusal').length,
    shown: answers.reduce((sum, { told }) => sum + (told.what === 'conversations' ? told.seen.length : 0), 0),
    events: heard.length,
    resumed: count(({ name, payload }) => name === 'ready' && payload.resumed),
    begun: count(({ name, payload }) => name === 'ready' && !payload.resumed),
    resyncs: count(({ name }) => name === 'resync_required'),
    removed: count(({ name }) => name === 'conversation.removed'),
    sightChanges: count(({ name, payload }) => name === 'resync_required' && payload.reason === 'sight-changed'),
  };
}
