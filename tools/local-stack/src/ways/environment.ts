import type { StartedPart } from '../stack-part.js';
import type { Way } from './resolve.js';

/** A server that somebody else runs. It is not asked whether it is there: whoever uses it says so better. */
export function environmentWay(variable: 'NATS_URL' | 'MONGO_URL', environment: NodeJS.ProcessEnv): Way {
  return {
    via: 'environment',
    advice: `set ${variable} to a server of yours`,
    find: () => {
      const url = environment[variable]?.trim();
      return Promise.resolve(url ? () => Promise.resolve(foreignPart(url, variable)) : { because: 'not set' });
    },
  };
}

function foreignPart(url: string, variable: string): StartedPart {
  const refuse = (): Promise<never> => Promise.reject(new Error(`${variable} names a server that this process did not start, so it cannot stop it`));
  return { via: 'environment', url, ports: [], kill: refuse, pause: refuse, resume: refuse, restart: refuse };
}
