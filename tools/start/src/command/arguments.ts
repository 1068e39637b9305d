import { parseArgs } from 'node:util';

/** One readable line for whoever typed the command. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A number in a command line or an environment variable, whole and in these bounds. */
export function wholeNumber(text: string, name: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) throw new UsageError(`${name} must be a whole number from ${min} to ${max}, not "${text}".`);
  return value;
}

/** Node's own messages name the option that is wrong; the rest of them is about its API. */
export function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    throw new UsageError((message.split(/\.\s/)[0] ?? message).replace(/\.?$/, '.'));
  }
}

export interface StartArguments {
  readonly replicas: number;
  readonly fresh: boolean;
  readonly help: boolean;
}

const mostReplicas = 9;

export const startUsage = `npm start -- [options]
  --replicas N   of each service, 1 to ${mostReplicas} (1)
  --fresh        forget all data and begin anew
The gateway listens on port 3000 or the next free one, or on PORT.`;

export function readStartArguments(args: readonly string[]): StartArguments {
  const { values } = parsed(() =>
    parseArgs({
      args: [...args],
      options: { replicas: { type: 'string', default: '1' }, fresh: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    }),
  );
  return { replicas: wholeNumber(values.replicas, '--replicas', 1, mostReplicas), fresh: values.fresh, help: values.help };
}
