import { existsSync } from 'node:fs';
import { chmod, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { suite } from './apt.js';
import { databasePackages, highestDocumentDb, withoutUnneeded } from './database-packages.js';
import { fromPackages } from './package-cache.js';

/** PostgreSQL with DocumentDB, unpacked. */
export interface DatabaseEngine {
  readonly major: number;
  /** Changes with every package's version. */
  readonly key: string;
  readonly postgres: string;
  readonly initdb: string;
}

export async function databaseEngine(say: (line: string) => void): Promise<DatabaseEngine> {
  const root = await fromPackages(
    {
      name: 'engine',
      choose: async (apt) => {
        const major = highestDocumentDb(await apt.namesStartingWith('postgresql-'));
        if (major === undefined) throw new Error(`the suite ${suite} has no postgresql-<n>-documentdb`);
        return withoutUnneeded(await apt.closureOf(databasePackages(major)));
      },
      finish: makeRunnable,
    },
    say,
  );
  const { bin, major } = await serverIn(root);
  return { major, key: basename(root), postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
}

async function serverIn(root: string): Promise<{ bin: string; major: number }> {
  const versions = join(root, 'usr', 'lib', 'postgresql');
  const majors = existsSync(versions) ? (await readdir(versions)).map(Number) : [];
  if (majors.length === 0) throw new Error(`there is no PostgreSQL in ${root}`);
  const major = Math.max(...majors);
  return { bin: join(versions, String(major), 'bin'), major };
}

async function makeRunnable(root: string): Promise<void> {
  const { bin, major } = await serverIn(root);
  const extensions = join(root, 'usr', 'share', 'postgresql', String(major), 'extension');
  // Debian makes this link in a maintainer script, and we run none.
  if (!existsSync(join(extensions, 'postgis.control'))) await symlink('postgis-3.control', join(extensions, 'postgis.control'));
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    await rename(join(bin, program), join(bin, `${program}.bin`));
    await writeFile(join(bin, program), wrapperOf(program));
    await chmod(join(bin, program), 0o755);
  }
}

/**
 * Calls the unpacked dynamic loader with the unpacked libraries: the machine's libc may be older. By arguments and not
 * by LD_LIBRARY_PATH, which the programs that PostgreSQL starts (the machine's shell) would inherit. PostgreSQL finds
 * its files from where argv[0] says it is.
 */
function wrapperOf(program: string): string {
  return `#!/bin/sh
bin=$(cd "\${0%/*}" && pwd)
libraries=\${bin%/usr/lib/*}/usr/lib/x86_64-linux-gnu
exec "$libraries/ld-linux-x86-64.so.2" --inhibit-cache --library-path "$libraries:\${bin%/bin}/lib" --argv0 "$bin/${program}" "$bin/${program}.bin" "$@"
`;
}
