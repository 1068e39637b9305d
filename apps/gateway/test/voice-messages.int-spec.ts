import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getPolicy } from '@relevo/contracts';
import { GatewayConfig } from '../src/config.js';
import { FileDesk } from './support/file-desk.js';
import { formOf, png } from './support/form.js';
import { System } from './support/system.js';

let system: System;
let desk: FileDesk;

beforeAll(async () => {
  system = await System.start();
  desk = new FileDesk(system, await system.tokenOf(system.services.hire('ana')));
});

afterAll(() => system?.stop());

describe('a voice message', () => {
  afterEach(() => jest.restoreAllMocks());

  const recorded = (name: string): Promise<Buffer> => readFile(join(__dirname, 'fixtures', name));
  const allow = (voice: boolean): void => system.services.answer(getPolicy, () => Promise.resolve({ toleranceHours: 24, voice }));

  it.each([['voz.webm', 'audio/webm;codecs=opus', 'audio/webm'], ['voz.mp4', 'audio/mp4', 'audio/mp4'], ['voz.webm', '', 'audio/webm']])(
    '%s as browsers record it (%j) says how long it is and what it looks like, from its sound alone',
    async (name, type, mediaType) => {
      allow(true);
      const { json } = await desk.post(formOf({ name, type, bytes: await recorded(name) }, { voice: 'true', durationMs: '99999' }));
      expect(json).toMatchObject({ name, mediaType });
      const { durationMs, peaks } = json.voice!;
      expect(durationMs).toBeGreaterThan(2_800);
      expect(durationMs).toBeLessThan(3_200);
      // A second loud, one silent, one half as loud.
      expect(peaks).toHaveLength(64);
      expect(Math.min(...peaks.slice(1, 18))).toBeGreaterThan(75);
      expect(Math.max(...peaks.slice(25, 40))).toBeLessThan(5);
      expect(Math.min(...peaks.slice(48, 62))).toBeGreaterThan(30);
      expect(Math.max(...peaks.slice(48, 62))).toBeLessThan(60);
    },
  );

  it('that cannot be read is as long as its sender says, and flat', async () => {
    allow(true);
    const bytes = Buffer.concat([(await recorded('voz.webm')).subarray(0, 60), Buffer.alloc(300)]);
    jest.replaceProperty(system.gateways[0]!.get(GatewayConfig), 'MEDIA_TIMEOUT_MS', 1_000);
    const { json } = await desk.post(formOf({ name: 'voz.webm', type: 'audio/webm', bytes }, { voice: 'true', durationMs: '2500' }));
    expect(json.voice).toEqual({ durationMs: 2500, peaks: [] });
  });

  it('is sound: UNSUPPORTED_MEDIA, and nothing is stored', async () => {
    allow(true);
    const before = await desk.kept();
    expect(await desk.post(formOf({ name: 'foto.png', type: 'image/png', bytes: png }, { voice: 'true' }))).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA' } });
    expect(await desk.kept()).toEqual(before);
  });

  it('where the workspace has none: VOICE_DISABLED, and nothing is stored; sound is a file like any other', async () => {
    allow(false);
    const before = await desk.kept();
    const offer = { name: 'voz.webm', type: 'audio/webm', bytes: await recorded('voz.webm') };
    expect(await desk.post(formOf(offer, { voice: 'true' }))).toMatchObject({ status: 422, json: { code: 'VOICE_DISABLED' } });
    expect(await desk.kept()).toEqual(before);
    expect(await desk.upload(offer)).not.toHaveProperty('voice');
  });
});
