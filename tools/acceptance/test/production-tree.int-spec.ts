import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { getConversation } from '@relevo/contracts';
import { aMessage, seedWorkspace, startTestSystem, type TestSystem } from '@relevo/testing';

/** What the Dockerfile's image of each service is made of, and nothing else: a folder outside the repository finds no other modules. */
const script = resolve('deploy/production-tree.sh');
/** What runs as a program of its own; the console and the demo do not. */
const services = globSync('apps/*/src/main.ts').map((path) => path.split('/')[1] ?? '');

let trees: string;
let system: TestSystem;

beforeAll(async () => {
  trees = await mkdtemp(join(tmpdir(), 'relevo-trees-'));
  // What this very lock file had npm fetch before is not asked about again.
  const env = { ...process.env, npm_config_prefer_offline: 'true' };
  // One after the other: they share npm's cache.
  await promisify(execFile)(script, ['tools/operator', join(trees, 'operator')], { env });
  for (const service of services) await promisify(execFile)(script, [`apps/${service}`, join(trees, service)], { env });
  system = await startTestSystem({
    mains: Object.fromEntries(services.map((service) => [service, join(trees, service, 'apps', service, 'dist', 'main.js')])),
    env: { NODE_ENV: 'production' },
    serviceEnv: { gateway: { JWT_SECRET: randomUUID() + randomUUID() } },
  });
}, 600_000);

afterAll(async () => {
  await system?.stop();
  await rm(trees, { recursive: true, force: true });
});

it('holds built files and what they need, and no tools of development', () => {
  for (const service of services) {
    const tree = join(trees, service);
    expect(globSync('{apps,libs}/*/dist/*.js', { cwd: tree }).length).toBeGreaterThan(5);
    expect(globSync('{apps,libs}/*/{src,test}', { cwd: tree })).toEqual([]);
    for (const name of ['jest', 'typescript', '@swc/core', 'nx', '@relevo/testing', '@relevo/local-stack']) {
      expect(existsSync(join(tree, 'node_modules', name))).toBe(false);
    }
  }
});

it('serves: every service is ready, and a customer’s message reaches an agent', async () => {
  for (const { service, url } of system.running.processes) {
    expect(services).toContain(service);
    expect([service, (await fetch(`${url}/readyz`)).status]).toEqual([service, 200]);
  }
  const workspace = await seedWorkspace(system, { agents: { ana: {} }, channels: { shop: {} } });
  const { conversationId } = await system.receive(workspace.channels.shop, aMessage({ text: 'hola' }));
  const ana = await system.login(workspace.agents.ana);
  expect(await ana.call(getConversation, { conversationId })).toMatchObject({ tray: 'unassigned', lastMessage: { text: 'hola' } });
});

it('serves the console, which is in the gateway’s image', async () => {
  const page = await fetch(`${system.gatewayUrl()}/app/`);
  expect(page.status).toBe(200);
  const [, script = ''] = /src="(\/app\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? [];
  expect((await fetch(`${system.gatewayUrl()}${script}`)).status).toBe(200);
});

it('runs the operator’s command, which makes the streams', async () => {
  const main = join(trees, 'operator', 'tools', 'operator', 'dist', 'main.js');
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'streams'], { env: { ...process.env, NATS_URL: system.stack.nats.urlFor('operator') } });
  expect(stdout).not.toBe('');
});
