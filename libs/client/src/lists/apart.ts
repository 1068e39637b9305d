/** The part in which two sequences differ: how much stands alike before it, and after it. */
export interface Apart {
  readonly before: number;
  readonly after: number;
}

/** A page, or an event, changes one place among thousands: what stands alike on both sides of it need not be looked up again. */
export function apart<A, B>(some: readonly A[], others: readonly B[], isAlike: (one: A, other: B) => boolean): Apart {
  const most = Math.min(some.length, others.length);
  const isAlikeAt = (index: number, otherIndex: number): boolean => {
    const [one, other] = [some[index], others[otherIndex]];
    return one !== undefined && other !== undefined && isAlike(one, other);
  };
  let before = 0;
  while (before < most && isAlikeAt(before, before)) before++;
  let after = 0;
  while (after < most - before && isAlikeAt(some.length - 1 - after, others.length - 1 - after)) after++;
  return { before, after };
}

/** Without what stands alike. */
export const partOf = <T>(all: readonly T[], { before, after }: Apart): readonly T[] => all.slice(before, all.length - after);
