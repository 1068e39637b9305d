import { startMongod } from '../parts/mongod.js';
import { startNatsServer } from '../parts/nats-server.js';
import { run } from '../processes/run.js';
import { whereIs } from '../processes/where-is.js';
import type { Start, Way } from './resolve.js';
import { mongodSafety, natsSafety, versionIn } from './version.js';

interface Program {
  readonly name: 'nats-server' | 'mongod';
  readonly safety: typeof natsSafety;
  readonly start: (program: string) => Start;
}

export const natsOnPath = (path: string | undefined): Way =>
  way({ name: 'nats-server', safety: natsSafety, start: (program) => (context) => startNatsServer(program, 'path', context) }, path);

export const mongodOnPath = (path: string | undefined): Way =>
  way({ name: 'mongod', safety: mongodSafety, start: (program) => (context) => startMongod(program, context) }, path);

function way({ name, safety, start }: Program, path: string | undefined): Way {
  return {
    via: 'path',
    advice: `put ${name} (${safety.text}) on the PATH`,
    find: async () => {
      const program = await whereIs(name, path);
      if (program === undefined) return { because: 'not found' };
      try {
        const version = versionIn(await run(program, ['--version']));
        if (version === undefined) return { because: `${program} does not say its version` };
        return safety.isSafe(version) ? start(program) : { because: `${program} is ${version.join('.')}` };
      } catch (error) {
        return { because: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}
