import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

// A daemon that is there answers at once; one that does not shall not hold up a start.
const answerWithinMs = 1_000;

type Address = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/** Where the daemon of this machine may listen: the same places as testcontainers looks at. */
export function daemonAddresses(environment: NodeJS.ProcessEnv): readonly Address[] {
  const told = environment['DOCKER_HOST'];
  if (told) return [addressOf(told)].filter((address) => address !== undefined);
  const runtime = environment['XDG_RUNTIME_DIR'];
  const sockets = ['/var/run/docker.sock', ...(runtime ? [join(runtime, 'docker.sock')] : []), join(homedir(), '.docker/run/docker.sock')];
  return sockets.map(socketAddress);
}

const socketAddress = (socketPath: string): Address => ({ socketPath });

function addressOf(told: string): Address | undefined {
  const url = URL.parse(told);
  if (url?.protocol === 'unix:') return socketAddress(url.pathname);
  // Our URLs say 127.0.0.1, where another machine's containers are not.
  if (!url || !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) return undefined;
  // A daemon behind TLS answers a plain request too, with a refusal.
  return { host: url.hostname, port: Number(url.port || 2375) };
}

export async function daemonAnswers(environment: NodeJS.ProcessEnv): Promise<boolean> {
  const answers = await Promise.all(daemonAddresses(environment).map(answersAt));
  return answers.includes(true);
}

async function answersAt(address: Address): Promise<boolean> {
  const answer = Promise.withResolvers<boolean>();
  const asking = request({ ...address, path: '/_ping', timeout: answerWithinMs, agent: false }, (response) => {
    response.resume();
    answer.resolve(true);
  });
  asking.on('timeout', () => asking.destroy(new Error('no answer')));
  asking.on('error', () => answer.resolve(false));
  asking.end();
  return answer.promise;
}
