import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { seedWorkspace, startTestSystem, type TestSystem } from '@relevo/testing';
import { FileClient } from './support/files.js';

/** What the kernel says of the gateway's own process: this one holds the files that are sent. */
let system: TestSystem;
let files: FileClient;

const MiB = 1024 * 1024;

beforeAll(async () => {
  system = await startTestSystem();
  const { agents } = await seedWorkspace(system, { agents: { ana: {} } });
  files = await FileClient.signIn(system.gatewayUrl(), agents.ana);
}, 120_000);

afterAll(() => system?.stop());

const gatewayPid = (): number => system.running.processes.find(({ service }) => service === 'gateway')!.pid!;

/** In bytes; `VmHWM` is the most that it ever was since `forgetPeak`. */
async function memory(name: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${gatewayPid()}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
}

const forgetPeak = (): Promise<void> => writeFile(`/proc/${gatewayPid()}/clear_refs`, '5');

it('an upload of 40 MB never needs 20 MB of the gateway’s memory', async () => {
  const upload = () => files.post(randomBytes(40 * MiB), { name: 'grande.bin', type: 'application/octet-stream' });
  // What is loaded, compiled and grown once for all.
  for (let time = 0; time < 2; time += 1) expect(await upload()).toMatchObject({ status: 200, body: { size: 40 * MiB } });
  const before = await memory('VmRSS');
  await forgetPeak();
  expect(await upload()).toMatchObject({ status: 200 });
  expect((await memory('VmHWM')) - before).toBeLessThan(20 * MiB);
}, 120_000);
