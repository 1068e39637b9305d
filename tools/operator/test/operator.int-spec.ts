import { connect } from '@nats-io/transport-node';
import { jetstream } from '@nats-io/jetstream';
import { deadLetterSubject } from '@relevo/messaging';
import { aMessage, seedWorkspace, startTestSystem, type TestSystem } from '@relevo/testing';
import { run } from '../src/run.js';

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
}, 120_000);

afterAll(() => system?.stop());

async function relevo(...args: string[]): Promise<{ code: number; said: string[]; complained: string[] }> {
  const said: string[] = [];
  const complained: string[] = [];
  const code = await run(args, { NATS_URL: system.stack.nats.url }, (line) => said.push(line), (line) => complained.push(line));
  return { code, said, complained };
}

it('makes a workspace whose admin can sign in with the password that was printed', async () => {
  const { code, said } = await relevo('workspace', 'add', '--name', 'Almacén', '--admin-name', 'Lucía', '--email', 'lucia@almacen.example');
  expect(code).toBe(0);
  const password = said.at(-1)!.replace('password ', '');
  const client = await system.login({ email: 'lucia@almacen.example', password });
  await expect(client.me()).resolves.toMatchObject({ role: 'admin', name: 'Lucía', workspace: { name: 'Almacén' } });
});

it('says why the same email is refused', async () => {
  const again = await relevo('workspace', 'add', '--name', 'Otra', '--admin-name', 'Lucía', '--email', 'lucia@almacen.example');
  expect(again).toMatchObject({ code: 1, complained: ['CONFLICT: email: is taken'] });
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
  const nats = await connect({ servers: new URL(system.stack.nats.url).host });
  const { seq } = await jetstream(nats).publish(deadLetterSubject('channels-public'), '{}');
  await nats.close();
  expect((await relevo('dead-letters')).said.at(-1)).toBe('1 dead letters');
  expect((await relevo('dead-letters', 'replay', String(seq + 1))).complained).toEqual(['NOT_FOUND: No such dead letter.']);
});

it.each([[[]], [['nonsense']], [['workspace', 'add', '--name', 'x']], [['verify', '--strange']], [['dead-letters', 'replay', 'x']]])('explains itself when it does not understand %j', async (args) => {
  const { code, complained } = await relevo(...args);
  expect(code).toBe(2);
  expect(complained.at(-1)).toContain('npm run relevo --');
});

it('says so at once when nothing is there', async () => {
  const complained: string[] = [];
  await expect(run(['verify'], { NATS_URL: 'nats://127.0.0.1:9' }, () => undefined, (line) => complained.push(line))).resolves.toBe(1);
  expect(complained).toHaveLength(1);
});
