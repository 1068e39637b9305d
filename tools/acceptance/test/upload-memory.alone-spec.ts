import { randomBytes } from 'node:crypto';
import { forgetPeakOf, MemoryProbe, peakBytesOf, S3Server, seedWorkspace, startTestSystem, type TestSystem } from '@relevo/testing';
import { FileClient } from './support/files.js';

const MiB = 1024 * 1024;

/** What the kernel says of the gateway's own process: this one holds the files that are sent, and those of S3. */
describe.each(['gridfs', 's3'] as const)('with FILE_STORE=%s', (store) => {
  let s3: S3Server;
  let probe: MemoryProbe;
  let system: TestSystem;
  let files: FileClient;

  beforeAll(async () => {
    [s3, probe] = await Promise.all([S3Server.start(), MemoryProbe.make()]);
    system = await startTestSystem({ env: { ...probe.env, ...(store === 's3' && s3.env) } });
    const { agents } = await seedWorkspace(system, { agents: { ana: {} } });
    files = await FileClient.signIn(system.gatewayUrl(), agents.ana);
  });

  afterAll(async () => {
    await system?.stop();
    await s3?.stop();
    await probe?.close();
  });

  const gatewayPid = (): number => system.running.processes.find(({ service }) => service === 'gateway')!.pid!;

  it('an upload of 40 MB never needs 20 MB of the gateway’s memory', async () => {
    const upload = (bytes: number) => files.post(randomBytes(bytes), { name: 'grande.bin', type: 'application/octet-stream' });
    // What is loaded and compiled for a file of any size.
    expect(await upload(1_024)).toMatchObject({ status: 200 });
    for (let time = 1; time <= 2; time += 1) {
      const { residentBytes } = await probe.read(gatewayPid());
      forgetPeakOf(gatewayPid());
      expect(await upload(40 * MiB)).toMatchObject({ status: 200, body: { size: 40 * MiB } });
      expect(peakBytesOf(gatewayPid()) - residentBytes).toBeLessThan(20 * MiB);
    }
    expect(s3.objects.size).toBe(store === 's3' ? 3 : 0);
  });
});
