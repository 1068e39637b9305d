import { connect } from '@nats-io/transport-node';
import { jetstream } from '@nats-io/jetstream';
import { connectionOptions, deadLetterSubject } from '@relevo/messaging';
import { aMessage, patientEnv, seedWorkspace, startTestSystem, type TestSystem } from '@relevo/testing';
import { run } from '../src/run.js';

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(() => system?.stop());

const relevo = (...args: string[]) => relevoWith({}, ...args);

async function relevoWith(env: Record<string, string>, ...args: string[]): Promise<{ code: number; said: string[]; complained: string[] }> {
  const said: string[] = [];
  const complained: string[] = [];
  const code = await run(args, { NATS_URL: system.stack.nats.urlFor('operator'), ...patientEnv, ...env }, (line) => said.push(line), (line) => complained.push(line));
  return { code, said, complained };
}

it('makes a workspace whose admin can sign in with the password that was printed', async () => {
  const { code, said } = await relevo('workspace', 'add', '--name', 'Almacén', '--admin-name', 'Lucía', '--email', 'lucia@almacen.example');
  expect(code).toBe(0);
  const password = said.at(-1)!.replace('password ', '');
  const client = await system.login({ email: 'lucia@almacen.example', password });
  await expect(client.me()).resolves.toMatchObject({ role: 'admin', name: 'Lucía', workspace: { name: 'Almacén' } });
});

it('says why the same email is refused, and leaves nothing behind', async () => {
  const workspaces = async () => Number(/routing: (\d+) checked/.exec((await relevo('verify')).said.join())?.[1]);
  const before = await workspaces();
  const again = await relevo('workspace', 'add', '--name', 'Otra', '--admin-name', 'Lucía', '--email', 'Lucia@almacen.example');
  expect(again).toMatchObject({ code: 1, complained: ['CONFLICT: email: is taken'] });
  expect(await workspaces()).toBe(before);
});

it('goes on with a workspace whose admin could not be made', async () => {
  const add = (env: Record<string, string>) => relevoWith(env, 'workspace', 'add', '--name', 'Taller', '--admin-name', 'Eva', '--email', 'eva@taller.example');
  const all = async () => Number(/routing: (\d+) checked/.exec((await relevo('verify')).said.join())?.[1]);
  const before = await all();
  expect((await add({ RELEVO_PASSWORD: 'corta' })).complained).toEqual([expect.stringContaining('VALIDATION_FAILED: password')]);
  expect(await add({})).toMatchObject({ code: 0 });
  // One workspace and one admin.
  expect(await all()).toBe(before + 2);
});

it('resets a password: the printed one opens, the one before and its sessions do not', async () => {
  const email = 'marta@puerto.example';
  const first = 'la clave de siempre';
  await relevoWith({ RELEVO_PASSWORD: first }, 'workspace', 'add', '--name', 'Puerto', '--admin-name', 'Marta', '--email', email);
  const client = await system.login({ email, password: first });
  const socket = await client.connect();
  const cut = new Promise<void>((resolve) => socket.onEnd(resolve));
  const { code, said } = await relevo('password', 'reset', email.toUpperCase());
  expect(code).toBe(0);
  await cut;
  await expect(client.refresh()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(system.login({ email, password: first })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(system.login({ email, password: said.at(-1)!.replace('password ', '') })).resolves.toMatchObject({ agentId: client.agentId });
  expect(await relevoWith({ RELEVO_PASSWORD: email }, 'password', 'reset', email)).toMatchObject({ code: 1, complained: ['VALIDATION_FAILED: newPassword: must not be the email'] });
  expect(await relevo('password', 'reset', 'nadie@puerto.example')).toMatchObject({ code: 1, complained: ['NOT_FOUND: No such agent.'] });
});

it('verifies every journal of every service', async () => {
  const { channels } = await seedWorkspace(system, { channels: { api: {} } });
  await system.receive(channels.api, aMessage());
  const { code, said } = await relevo('verify');
  expect(code).toBe(0);
  expect(said.map((line) => line.replace(/\d+/, 'N'))).toEqual(['conversations: N checked', 'customers: N checked', 'routing: N checked', 'channels: N checked']);
  expect(said.join()).not.toContain(': 0 checked');
});

it('lists dead letters, and says when one is not there', async () => {
  const nats = await connect(connectionOptions('test', { NATS_URL: system.stack.nats.url }));
  const { seq } = await jetstream(nats).publish(deadLetterSubject('channels-public'), '{}');
  await nats.close();
  expect((await relevo('dead-letters')).said.at(-1)).toBe('1 dead letters');
  expect((await relevo('dead-letters', 'replay', String(seq + 1))).complained).toEqual(['NOT_FOUND: No such dead letter.']);
});

it.each([[[]], [['nonsense']], [['workspace', 'add', '--name', 'x']], [['verify', '--strange']], [['password', 'reset']], [['dead-letters', 'replay', 'x']]])('explains itself when it does not understand %j', async (args) => {
  const { code, complained } = await relevo(...args);
  expect(code).toBe(2);
  expect(complained.at(-1)).toContain('npm run relevo --');
});

it('says so at once when nothing is there', async () => {
  const complained: string[] = [];
  await expect(run(['verify'], { NATS_URL: 'nats://127.0.0.1:9' }, () => undefined, (line) => complained.push(line))).resolves.toBe(1);
  expect(complained).toHaveLength(1);
});
