import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSystem, type ServiceName, services, startSystem, type SystemOptions } from '../src/index.js';

const fake = join(__dirname, 'fake-service.mjs');
const mains = Object.fromEntries(services.map((service) => [service, fake])) as Record<ServiceName, string>;
const stack = { nats: { urlFor: () => 'nats://127.0.0.1:1' }, database: { url: 'mongodb://127.0.0.1:1' } };

const prepare = () => Promise.resolve();

const systems: RunningSystem[] = [];
afterEach(async () => {
  for (const system of systems.splice(0)) await system.stop();
});

async function aSystem(options: Partial<SystemOptions> = {}): Promise<RunningSystem> {
  const system = await startSystem({ stack, mains, prepare, ...options });
  systems.push(system);
  return system;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The next line that fits, as the system tells it. */
function lines(): { onProgress: (line: string) => void; next: (fits: RegExp) => Promise<string>; all: string[] } {
  const all: string[] = [];
  const heard = new EventTarget();
  return {
    all,
    onProgress: (line) => {
      all.push(line);
      heard.dispatchEvent(new Event('line'));
    },
    next: async (fits) => {
      for (;;) {
        const found = all.find((line) => fits.test(line));
        if (found) return found;
        await once(heard, 'line');
      }
    },
  };
}

it('runs every service in as many replicas as asked for, each with its own environment', async () => {
  const system = await aSystem({
    replicas: { gateway: 2, customers: 0 },
    databasePrefix: 'mine',
    env: { EXTRA: 'all' },
    serviceEnv: { gateway: { EXTRA: 'own' } },
    replicaEnv: (service, replica): Readonly<Record<string, string>> => (service === 'gateway' && replica === 1 ? { EXTRA: 'first' } : {}),
  });
  expect(system.processes.map(({ service, replica, state }) => `${service}-${replica} ${state}`)).toEqual([
    'routing-1 ready',
    'conversations-1 ready',
    'channels-1 ready',
    'scheduler-1 ready',
    'gateway-1 ready',
    'gateway-2 ready',
  ]);
  expect(system.gatewayUrls).toHaveLength(2);
  await expect((await fetch(system.gatewayUrls[1]!)).json()).resolves.toEqual({ REPLICA: '2', prefix: 'mine', extra: 'own' });
  await expect((await fetch(system.gatewayUrls[0]!)).json()).resolves.toMatchObject({ extra: 'first' });
  await expect((await fetch(system.processes[0]!.url!)).json()).resolves.toMatchObject({ extra: 'all' });
});

it('gives gateways the ports they were promised', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  expect((await aSystem({ gatewayPorts: [port] })).gatewayUrls).toEqual([`http://127.0.0.1:${port}`]);
});

it('starts nothing when one cannot start, and shows what that one said', async () => {
  const heard = lines();
  const starting = startSystem({ stack, mains, prepare, serviceEnv: { channels: { FAKE: 'fails' } }, onProgress: heard.onProgress });
  await expect(starting).rejects.toThrow(/^channels-1 could not start \(code 1\)\nfake cannot start: no such database$/);
});

it('does not wait for ever for one that says nothing', async () => {
  await expect(startSystem({ stack, mains, prepare, serviceEnv: { routing: { FAKE: 'mute' } }, readyWithinMs: 5_000 })).rejects.toThrow('routing-1 is not ready after 5 s');
});

it('gives up when it is told to', async () => {
  const giveUp = new AbortController();
  const starting = startSystem({ stack, mains, prepare, serviceEnv: { routing: { FAKE: 'mute' } }, signal: giveUp.signal });
  giveUp.abort(new Error('enough'));
  await expect(starting).rejects.toThrow('enough');
});

it('kills and restarts a replica at the same address', async () => {
  const system = await aSystem();
  const gateway = system.processes.find(({ service }) => service === 'gateway')!;
  const { pid, url } = gateway;
  await system.kill('gateway');
  expect(gateway).toMatchObject({ state: 'ended', pid: undefined });
  expect(isAlive(pid!)).toBe(false);
  await system.restart('gateway');
  expect(gateway).toMatchObject({ state: 'ready', url });
  expect(gateway.pid).not.toBe(pid);
  expect(system.logs('gateway')).toEqual([`serves as ${pid}`, `serves as ${gateway.pid}`]);
  expect(() => system.logs('gateway', 2)).toThrow('There is no gateway-2');
});

it('pauses and wakes a replica, and stops a paused one', async () => {
  const system = await aSystem();
  const { pid, url } = system.processes[0]!;
  await system.kill('routing', 1, 'SIGSTOP');
  await expect(fetch(url!, { signal: AbortSignal.timeout(300) })).rejects.toThrow();
  await system.kill('routing', 1, 'SIGCONT');
  await expect(fetch(url!)).resolves.toMatchObject({ status: 200 });
  await system.kill('routing', 1, 'SIGSTOP');
  await system.stop();
  expect(isAlive(pid!)).toBe(false);
});

it('starts again what dies by itself, if it is to, and says so', async () => {
  const heard = lines();
  const system = await aSystem({ supervise: true, onProgress: heard.onProgress });
  const scheduler = system.processes.find(({ service }) => service === 'scheduler')!;
  const { pid, url } = scheduler;
  process.kill(pid!, 'SIGKILL');
  await expect(heard.next(/ended/)).resolves.toBe('scheduler-1 ended (SIGKILL); it starts again in 0.5 s');
  await heard.next(/scheduler-1 serves again/);
  expect(scheduler).toMatchObject({ state: 'ready', url });
  // What the test itself ends stays ended.
  await system.kill('routing');
  expect(heard.all.filter((line) => line.includes('ended'))).toHaveLength(1);
});

it('ends those that do not want to', async () => {
  const system = await aSystem({ serviceEnv: { routing: { FAKE: 'stubborn' } } });
  const { pid } = system.processes[0]!;
  await system.stop();
  expect(isAlive(pid!)).toBe(false);
});

it('keeps a log of each process', async () => {
  const logsDir = join(await mkdtemp(join(tmpdir(), 'relevo-logs-')), 'logs');
  const system = await aSystem({ logsDir });
  const { pid } = system.processes[0]!;
  await system.stop();
  await expect(readFile(join(logsDir, 'routing-1.log'), 'utf8')).resolves.toBe(`serves as ${pid}\n`);
});
