import { parseArgs } from 'node:util';
import { parsed, UsageError, wholeNumber } from '@relevo/start';

export const scenarioNames = ['send', 'lists', 'idle', 'uploads'] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export interface BenchArguments {
  /** A look at whether it works: too short for its figures to mean anything. */
  readonly quick: boolean;
  readonly only: readonly ScenarioName[];
  /** Of each service. */
  readonly replicas: number;
  readonly rounds: number | undefined;
  /** Where the JSON and the plot go. */
  readonly out: string | undefined;
  readonly help: boolean;
}

export const usage = `npm run bench -- [options]
  --quick          seconds instead of minutes, to see that it works; judges nothing
  --only NAME      one of ${scenarioNames.join(', ')}; may be repeated
  --rounds N       rounds of each scenario, 1 to 100
  --replicas N     of each service, 1 to 4 (1)
  --out DIR        for latest.json and latest.svg (.local/bench)`;

function scenario(name: string): ScenarioName {
  const found = scenarioNames.find((each) => each === name);
  if (!found) throw new UsageError(`--only must be one of ${scenarioNames.join(', ')}, not "${name}".`);
  return found;
}

export function readArguments(args: readonly string[]): BenchArguments {
  const { values } = parsed(() =>
    parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true, default: [] },
        rounds: { type: 'string' },
        replicas: { type: 'string', default: '1' },
        out: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }),
  );
  return {
    quick: values.quick,
    only: values.only.length === 0 ? scenarioNames : values.only.map(scenario),
    replicas: wholeNumber(values.replicas, '--replicas', 1, 4),
    rounds: values.rounds === undefined ? undefined : wholeNumber(values.rounds, '--rounds', 1, 100),
    out: values.out,
    help: values.help,
  };
}
