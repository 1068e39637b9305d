import { useCallback, useState } from 'react';

/** Panes that people widen; the thread takes what is left. Sizes in px. */
export const panes = {
  trays: { first: 208, least: 168, most: 300 },
  list: { first: 344, least: 264, most: 520 },
  customer: { first: 304, least: 248, most: 460 },
} as const;
export type PaneName = keyof typeof panes;

export type PaneSizes = Readonly<Record<PaneName, number>>;

const storageKey = 'relevo.panes';

const names = Object.keys(panes) as PaneName[];

export const within = (name: PaneName, size: number): number => Math.round(Math.min(panes[name].most, Math.max(panes[name].least, size)));

/** What was kept; of what is no size, the first. */
export function sizesOf(text: string | null): PaneSizes {
  let kept: unknown = null;
  try {
    kept = JSON.parse(text ?? 'null');
  } catch {
    // Somebody else's value, or half of one.
  }
  const sizeOf = (name: PaneName): number => {
    const size: unknown = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>)[name] : undefined;
    return typeof size === 'number' && Number.isFinite(size) ? within(name, size) : panes[name].first;
  };
  return Object.fromEntries(names.map((name) => [name, sizeOf(name)])) as PaneSizes;
}

/** As this browser had them last. */
export function usePaneSizes(): [PaneSizes, (name: PaneName, size: number) => void] {
  const [sizes, setSizes] = useState(() => sizesOf(localStorage.getItem(storageKey)));
  const resize = useCallback((name: PaneName, size: number) => {
    setSizes((before) => {
      const after = { ...before, [name]: within(name, size) };
      localStorage.setItem(storageKey, JSON.stringify(after));
      return after;
    });
  }, []);
  return [sizes, resize];
}
