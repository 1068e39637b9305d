/** Where each row of a list is, in words that change whenever it moves: its number in the order, and in whose queue. */
export type Places = ReadonlyMap<string, string>;

/** What of a walk through all pages breaks the product's rule "Order of a list": rows that stayed where they were, not seen once. */
export function faultsOf(before: Places, after: Places, walked: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const id of walked) times.set(id, (times.get(id) ?? 0) + 1);
  const stayed = [...before].filter(([id, place]) => after.get(id) === place).map(([id]) => id);
  const strangers = [...times.keys()].filter((id) => !before.has(id) && !after.has(id));
  return [
    ...stayed.filter((id) => times.get(id) !== 1).map((id) => `${id} ${times.has(id) ? 'is there twice' : 'is missing'}`),
    ...strangers.map((id) => `${id} is not of this list`),
  ];
}

export const movedBetween = (before: Places, after: Places): number => [...before].filter(([id, place]) => after.get(id) !== place).length;
