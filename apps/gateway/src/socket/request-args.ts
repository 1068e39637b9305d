import type { Ack } from '@relevo/contracts';

export interface RequestArgs {
  readonly body: unknown;
  readonly acknowledge: (ack: Ack<object>) => void;
}

/** A client that sends no body sends its acknowledgement alone; one that wants no answer sends none. */
export function requestArgsOf(args: readonly unknown[]): RequestArgs {
  const last = args.at(-1);
  const wantsAnswer = typeof last === 'function';
  return {
    body: wantsAnswer && args.length === 1 ? undefined : args[0],
    acknowledge: wantsAnswer ? (last as RequestArgs['acknowledge']) : () => undefined,
  };
}
