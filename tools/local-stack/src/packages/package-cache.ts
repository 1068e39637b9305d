import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheDir } from '../paths.js';
import { whereIs } from '../processes/where-is.js';
import { PrivateApt } from './apt.js';
import { withCacheLock } from './cache-lock.js';
import { fetchPackages, keyOf, makeFolder, removeLeftovers, unpackPackages } from './unpack.js';

/** Something made of Debian packages, kept in the cache. */
export interface Recipe {
  readonly name: 'nats' | 'engine';
  /** The packages to unpack, out of an up-to-date index. */
  choose(apt: PrivateApt): Promise<readonly string[]>;
  /** Makes what was unpacked in `root` able to run from where it will be; part of the unpacking. */
  finish?(root: string): Promise<void>;
}

/** Debian's name of this machine's architecture; undefined where the packages cannot run. */
export const debianArchitecture = process.platform === 'linux' && process.arch === 'x64' ? 'amd64' : undefined;

/** The tools of dpkg and util-linux; every Debian has them. */
const tools = ['apt-get', 'apt-cache', 'dpkg-deb', 'tar', 'flock', 'sh', 'cp'];

/** The folder that holds it, unpacked now if it is not there yet; fails with one line that says why it cannot be had. */
export async function fromPackages(recipe: Recipe, say: (line: string) => void): Promise<string> {
  const cache = cacheDir();
  const cached = await current(cache, recipe);
  if (cached !== undefined) return cached;
  if (debianArchitecture === undefined) throw new Error(`the packages are for Linux on x64, this is ${process.platform} on ${process.arch}`);
  const missing = await missingTools();
  if (missing.length > 0) throw new Error(`nothing is unpacked yet, and this machine has no ${missing.join(', ')}`);
  return withCacheLock(
    cache,
    () => say('waiting for another process that unpacks it'),
    async () => (await current(cache, recipe)) ?? (await unpack(cache, recipe, debianArchitecture, say)),
  );
}

async function unpack(cache: string, recipe: Recipe, architecture: string, say: (line: string) => void): Promise<string> {
  await removeLeftovers(cache);
  await mkdir(join(cache, 'apt'), { recursive: true });
  const apt = await PrivateApt.open(join(cache, 'apt'), architecture);
  say("reading the suite's index");
  await apt.update();
  const files = await apt.filesOf(await recipe.choose(apt));
  const archives = join(cache, 'archives');
  await fetchPackages(apt, files, archives, say);
  const folder = join(cache, `${recipe.name}-${keyOf(files)}`);
  say('unpacking');
  await makeFolder(folder, async (root) => {
    await unpackPackages(files, archives, root);
    await recipe.finish?.(root);
  });
  await writeFile(pointer(cache, recipe), folder);
  return folder;
}

/** Names the folder in use; without it every start would have to ask the mirror which versions are current. */
const pointer = (cache: string, recipe: Recipe): string => join(cache, `${recipe.name}.current`);

async function current(cache: string, recipe: Recipe): Promise<string | undefined> {
  const file = pointer(cache, recipe);
  if (!existsSync(file)) return undefined;
  const folder = (await readFile(file, 'utf8')).trim();
  return folder !== '' && existsSync(folder) ? folder : undefined;
}

async function missingTools(): Promise<string[]> {
  const found = await Promise.all(tools.map((tool) => whereIs(tool, process.env['PATH'])));
  return tools.filter((_tool, index) => found[index] === undefined);
}
