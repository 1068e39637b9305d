/** Runs tasks, at most `width` at once, and answers what they answered in their order. */
export async function bounded<T, R>(items: readonly T[], run: (item: T) => Promise<R>, width = 8): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await run(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
