import type { Via } from '../stack-part.js';
import { environmentWay } from './environment.js';
import { firstOpenWay, NoWayError, type Start, type Way } from './resolve.js';
import { databaseWays, natsWays } from './ways.js';

const start: Start = () => Promise.reject(new Error('not started in this test'));

function aWay(via: Via, open: boolean, lookedAt: Via[] = []): Way {
  return {
    via,
    advice: `do ${via}`,
    find: () => {
      lookedAt.push(via);
      return Promise.resolve(open ? start : { because: `${via} is closed` });
    },
  };
}

describe('the way to a part', () => {
  it('is the first that is open, and the later ones are not looked at', async () => {
    const lookedAt: Via[] = [];
    const ways = [aWay('environment', false, lookedAt), aWay('docker', false, lookedAt), aWay('path', true, lookedAt), aWay('packages', true, lookedAt)];
    expect(await firstOpenWay(ways)).toEqual({ start });
    expect(lookedAt).toEqual(['environment', 'docker', 'path']);
  });

  it('is none with every reason, in order', async () => {
    expect(await firstOpenWay([aWay('docker', false), aWay('packages', false)])).toEqual({
      refusals: [
        { advice: 'do docker', because: 'docker is closed' },
        { advice: 'do packages', because: 'packages is closed' },
      ],
    });
  });

  it.each([
    ['NATS', natsWays],
    ['the database', databaseWays],
  ])('to %s is looked for in the environment, Docker, the PATH, packages', (_part, ways) => {
    expect(ways({}, () => undefined).map(({ via }) => via)).toEqual(['environment', 'docker', 'path', 'packages']);
  });
});

describe('the environment', () => {
  it('gives a part that this process does not control', async () => {
    const found = await environmentWay('NATS_URL', { NATS_URL: ' nats://server.example:4222 ' }).find();
    if (typeof found !== 'function') throw new Error('not open');
    const part = await found({ dir: '/', ephemeral: true, ports: [], onProgress: () => undefined, watch: () => undefined });
    expect(part).toMatchObject({ via: 'environment', url: 'nats://server.example:4222' });
    for (const control of ['kill', 'pause', 'resume', 'restart'] as const) {
      await expect(part[control]()).rejects.toThrow('NATS_URL names a server');
    }
  });

  it.each([{}, { MONGO_URL: '' }, { MONGO_URL: ' ' }])('%j names no server', async (environment) => {
    expect(await environmentWay('MONGO_URL', environment).find()).toEqual({ because: 'not set' });
  });
});

describe('the error for a machine without any way', () => {
  it('lists for each missing part what would serve and why it does not now', () => {
    const refusals = [
      { advice: 'set NATS_URL', because: 'not set' },
      { advice: 'start Docker', because: 'no daemon answers' },
    ];
    expect(new NoWayError({ NATS: refusals, 'a database': refusals.slice(1) }).message).toBe(`No way to NATS and a database on this machine.
NATS: any one of these serves
  1. set NATS_URL (now: not set)
  2. start Docker (now: no daemon answers)
a database: any one of these serves
  1. start Docker (now: no daemon answers)`);
  });
});
