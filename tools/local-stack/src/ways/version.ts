export type Version = readonly [major: number, minor: number, patch: number];

/** The first `1.2.3` in what a program says of itself. */
export function versionIn(text: string): Version | undefined {
  const [, major, minor, patch] = /\bv?(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return major && minor && patch ? [Number(major), Number(minor), Number(patch)] : undefined;
}

export function isAtLeast(version: Version, floor: Version): boolean {
  for (const [index, least] of floor.entries()) {
    const part = version[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

/** Which versions have no known vulnerability; lines are `major.minor` that are still mended. */
interface Safety {
  readonly text: string;
  readonly isSafe: (version: Version) => boolean;
}

/** 2.13 was not mended: of it none is safe. */
export const natsSafety: Safety = {
  text: '2.12.7, or 2.14.0 and later',
  isSafe: (version) => isAtLeast(version, [2, 14, 0]) || (isAtLeast(version, [2, 12, 7]) && !isAtLeast(version, [2, 13, 0])),
};

export const mongodSafety: Safety = {
  text: '8.0.30 and later',
  isSafe: (version) => isAtLeast(version, [8, 0, 30]),
};
