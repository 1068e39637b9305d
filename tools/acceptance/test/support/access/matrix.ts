import { randomUUID } from 'node:crypto';
import { isCommand, nameOf, type Operation } from '@relevo/contracts';
import { isDeepStrictEqual } from 'node:util';
import type { Fields, Outcome } from '../answer.js';
import { bounded } from '../bounded.js';
import type { Caller, Transport } from './caller.js';
import { rules } from './rules.js';
import type { Expected, Prepared, Subject } from './subjects.js';
import { type CallerName, callerNames, type World } from './world.js';

export interface Row {
  readonly subject: string;
  readonly caller: CallerName;
  readonly transport: Transport;
  readonly expected: Expected;
  readonly got: string;
}

/** What denied callers send holds this word, which must be found nowhere afterwards. */
export const deniedMark = 'denegado';

const isError = (expected: Expected): boolean => /^[A-Z_]+$/.test(expected);

/** What a success was, told from its answer where the contract says it: `{entry, conversation}`. */
function wordOf({ code, body }: Outcome, expected: Expected): string {
  if (code !== 'ok' || expected === 'ok') return code;
  return 'entry' in body ? (body.entry === null ? 'nothing' : 'made') : 'ok, without an entry';
}

/** Something that callers ask: an operation, or what a socket alone is asked. */
export interface Question {
  /** What it may change: each success has a subject of its own then. */
  readonly isCommand: boolean;
  /** What is asked besides the ids; another one each time. */
  body(mark: string): Fields;
  /** Undefined when it is not asked that way. */
  ask(caller: Caller, transport: Transport, fields: Fields): Promise<Outcome | undefined>;
}

export const operationAsked = (operation: Operation): Question => ({
  isCommand: isCommand(operation),
  body: (mark) => ({ ...(isCommand(operation) && { commandId: randomUUID() }), ...rules[nameOf(operation)].body?.(mark) }),
  ask: (caller, transport, fields) => caller.ask(transport, operation, fields),
});

/** An event of a socket that is no operation's. */
export const eventAsked = (event: string): Question => ({
  isCommand: false,
  body: () => ({}),
  ask: (caller, transport, fields) => (transport === 'socket' ? caller.emit(event, fields) : Promise.resolve(undefined)),
});

/** Every caller's every way of asking one thing of one subject. */
export async function rowsOf(world: World, question: Question, subject: Subject): Promise<Row[]> {
  const asks = callerNames.flatMap((caller) => world.callers[caller].transports.map((transport) => ({ caller, transport, expected: subject.expects(caller) })));
  const rows: Row[] = [];
  const keep = (ask: (typeof asks)[number], got: string | undefined): void => {
    if (got !== undefined) rows.push({ subject: subject.name, ...ask, got });
  };

  const shared = await subject.prepare(world);
  const before = await shared.fingerprint?.();
  await bounded(
    asks.filter(({ expected }) => isError(expected)),
    async (ask) => keep(ask, await denial(world, question, shared, ask)),
  );
  if (!isDeepStrictEqual(await shared.fingerprint?.(), before)) rows.push({ subject: subject.name, ...asks[0]!, got: 'refused, but changed' });

  await bounded(
    asks.filter(({ expected }) => !isError(expected)),
    async (ask) => {
      // A success may change its subject: each has one of its own.
      const { ids, made } = question.isCommand ? await subject.prepare(world) : shared;
      const outcome = await question.ask(world.callers[ask.caller], ask.transport, { ...question.body('permitido'), ...ids });
      if (outcome?.code === 'ok') made?.(outcome.body);
      keep(ask, outcome && wordOf(outcome, ask.expected));
    },
  );
  return rows;
}

/** The code, and more if what may not be seen is told from what does not exist. */
async function denial(
  world: World,
  question: Question,
  { ids, unknown }: Prepared,
  { caller, transport, expected }: { caller: CallerName; transport: Transport; expected: Expected },
): Promise<string | undefined> {
  const body = { ...question.body(deniedMark), ...ids };
  const outcome = await question.ask(world.callers[caller], transport, body);
  if (!outcome || expected !== 'NOT_FOUND' || !unknown) return outcome?.code;
  const nothing = await question.ask(world.callers[caller], transport, { ...body, ...unknown });
  return isDeepStrictEqual(outcome, nothing) ? outcome.code : `${outcome.code}, unlike what does not exist: ${JSON.stringify([outcome, nothing])}`;
}

/** One readable line for each row that came out otherwise. */
export const wrong = (rows: readonly Row[]): string[] =>
  rows.filter(({ expected, got }) => expected !== got).map(({ subject, caller, transport, expected, got }) => `${subject} | ${caller} | ${transport} | expected ${expected} | got ${got}`);
