/** How long to wait before a try, in ms: longer each time, and for each client another time, so that not all come at once. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

export const waitOf = ({ firstMs, longestMs }: Backoff, failures: number, random: () => number = Math.random): number => {
  const most = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 30));
  return Math.round(most * (0.5 + random() / 2));
};
