import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { processesOf } from '../processes/process-table.js';
import { run } from '../processes/run.js';
import { killTree } from '../processes/signals.js';
import { type PackageFile, packageOf, type PrivateApt } from './apt.js';
import { makeOpenFolder } from './run-as.js';

/** Brings what is missing or damaged in `archives`, and leaves there only files that match the index. */
export async function fetchPackages(apt: PrivateApt, files: readonly PackageFile[], archives: string, say: (line: string) => void): Promise<void> {
  await mkdir(archives, { recursive: true });
  const missing: PackageFile[] = [];
  for (const file of files) if (!(await matches(join(archives, file.file), file.sha256))) missing.push(file);
  if (missing.length === 0) return;
  const megabytes = missing.reduce((sum, file) => sum + file.bytes, 0) / 1e6;
  say(`downloading ${missing.length} packages, ${megabytes.toFixed(0)} MB`);
  // Apart and then renamed: a killed download leaves nothing that looks whole.
  const partial = await mkdtemp(join(archives, 'partial-'));
  try {
    await apt.download(missing.map(({ file }) => packageOf(file)), partial);
    for (const { file, sha256 } of missing) {
      if (!(await matches(join(partial, file), sha256))) throw new Error(`${file} is not what the suite's index says`);
      await rename(join(partial, file), join(archives, file));
    }
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function matches(path: string, sha256: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex') === sha256;
}

/** Documentation and what compilers need: a third of the whole. */
const leftOut = ['./usr/share/doc*', './usr/share/man*', './usr/share/locale*', '*/bitcode*', '*/usr/share/lintian*', '*/gconv/*', '*/contrib/*', '*/pgxs/*'];

/** Unpacks without running a maintainer script, so without root; owned by whoever runs this. */
export async function unpackPackages(files: readonly PackageFile[], archives: string, root: string): Promise<void> {
  const excludes = leftOut.map((pattern) => `--exclude='${pattern}'`).join(' ');
  const script = `set -e; umask 022; for deb; do dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$0" --keep-directory-symlink --no-same-owner ${excludes}; done`;
  await mkdir(root, { recursive: true });
  // One shell for all: pipes are its trade.
  await run('sh', ['-c', script, root, ...files.map(({ file }) => join(archives, file))]);
}

/** The same name for the same files, another one as soon as a version changes. */
export function keyOf(files: readonly PackageFile[]): string {
  const list = files.map(({ file, sha256 }) => `${file} ${sha256}`).sort();
  return createHash('sha256').update(list.join('\n')).digest('hex').slice(0, 12);
}

/** What a killed process left of a folder that it was making: files, and the PostgreSQL of a template. */
export async function removeLeftovers(cache: string): Promise<void> {
  if (!existsSync(cache)) return;
  for (const name of (await readdir(cache)).filter((each) => each.includes('.tmp-'))) {
    const folder = join(cache, name);
    for (const { pid } of processesOf(folder)) await killTree(pid);
    await rm(folder, { recursive: true, force: true });
  }
}

/** `make` gets a folder apart, which becomes `final` in one step when it is done. Only while the cache is locked. */
export async function makeFolder(final: string, make: (folder: string) => Promise<void>): Promise<void> {
  if (existsSync(final)) return;
  const folder = `${final}.tmp-${process.pid}`;
  await rm(folder, { recursive: true, force: true });
  try {
    await makeOpenFolder(folder);
    await make(folder);
    // What was unpacked may bring a mode of its own.
    await chmod(folder, 0o755);
    await rename(folder, final);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
