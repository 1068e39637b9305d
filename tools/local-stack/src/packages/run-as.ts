import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import { isRoot } from '../paths.js';

export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; `nobody` exists wherever Debian does, user namespaces included. */
export const databaseUser: User | undefined = isRoot ? { uid: 65_534, gid: 65_534 } : undefined;

/** A folder that other users may enter, whatever the umask: as root, PostgreSQL's user is another one. */
export async function makeOpenFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await chmod(folder, 0o755);
}

/** Gives a folder to the user that PostgreSQL runs as. */
export async function giveToDatabase(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  if (databaseUser) await chown(folder, databaseUser.uid, databaseUser.gid);
}

/** The first folder on the way to `path` that PostgreSQL's user may not enter. */
export async function barrierTo(path: string, user = databaseUser): Promise<string | undefined> {
  if (user === undefined) return undefined;
  for (const folder of ancestorsOf(path)) {
    const { mode, uid } = await stat(folder);
    const mayEnter = uid === user.uid ? mode & 0o100 : mode & 0o001;
    if (!mayEnter) return folder;
  }
  return undefined;
}

function ancestorsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...ancestorsOf(parent), path];
}
