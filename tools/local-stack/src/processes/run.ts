import { execFile } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
}

const enoughForAnyList = 64 * 1024 * 1024;

/** Standard output of a command; fails with the end of what it said. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const done = Promise.withResolvers<string>();
  execFile(command, args, { ...options, maxBuffer: enoughForAnyList, encoding: 'utf8' }, (error, stdout, stderr) => {
    if (error === null) return done.resolve(stdout);
    const said = (stderr || stdout).trim().split('\n').slice(-4).join('; ');
    done.reject(new Error(`${command} failed: ${said || error.message}`, { cause: error }));
  });
  return done.promise;
}
