import { newsOf, type PresenceLimits, type PresenceRecord, statusOf } from './presence.js';

const limits: PresenceLimits = { idleMs: 600_000, silentMs: 45_000 };
const now = new Date('2026-03-01T10:00:00.000Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);

const here: Pick<PresenceRecord, 'connections' | 'activeAt' | 'away'> = { connections: [{ gateway: 'one', seq: 1, connected: true }], activeAt: now, away: false };
const alive = new Map([
  ['one', now],
  ['two', now],
]);

describe('an agent', () => {
  it.each([
    ['online with a connection', {}, 'online'],
    ['away because they chose it', { away: true }, 'away'],
    ['offline without a connection', { connections: [] }, 'offline'],
    ['offline when it was closed', { connections: [{ gateway: 'one', seq: 2, connected: false }] }, 'offline'],
    ['offline when its gateway is not known', { connections: [{ gateway: 'three', seq: 2, connected: true }] }, 'offline'],
    ['online as long as one of them is left', { connections: [{ gateway: 'three', seq: 2, connected: true }, ...here.connections] }, 'online'],
    ['online until ten minutes without activity', { activeAt: ago(599_999) }, 'online'],
    ['offline after them', { activeAt: ago(600_000) }, 'offline'],
    ['offline after them, though away was chosen', { activeAt: ago(600_000), away: true }, 'offline'],
  ] as const)('is %s', (_, more, expected) => {
    expect(statusOf({ ...here, ...more } as PresenceRecord, alive, now, limits)).toBe(expected);
  });

  it('who never came is offline', () => {
    expect(statusOf(null, alive, now, limits)).toBe('offline');
  });

  it.each([
    [44_999, 'online'],
    [45_000, 'offline'],
  ])('whose gateway was silent for %s ms is %s', (ms, expected) => {
    expect(statusOf(here, new Map([['one', ago(ms)]]), now, limits)).toBe(expected);
  });
});

describe('news', () => {
  const online = { status: 'online', activeCount: 2 } as const;
  const idleAt = new Date(now.getTime() + 600_000);

  it('is what differs from what was told; whoever is there is looked at when they may have gone idle', () => {
    expect(newsOf({ activeAt: now }, online, now, limits)).toEqual({ tell: { ...online, at: now }, lookAt: idleAt });
    expect(newsOf({ activeAt: now, told: { ...online, at: ago(1_000) } }, { ...online, activeCount: 3 }, now, limits)).toMatchObject({ tell: { activeCount: 3 } });
  });

  it('is none of what was told already, and of nobody who was never there', () => {
    expect(newsOf({ activeAt: now, told: { ...online, at: ago(1) } }, online, now, limits)).toEqual({ lookAt: idleAt });
    expect(newsOf({ activeAt: now }, { status: 'offline', activeCount: 0 }, now, limits)).toEqual({});
  });

  it('waits until a second after the last', () => {
    const told = { ...online, at: ago(400) };
    expect(newsOf({ activeAt: now, told }, { status: 'offline', activeCount: 2 }, now, limits)).toEqual({ lookAt: new Date(now.getTime() + 600) });
    expect(newsOf({ activeAt: now, told: { ...told, at: ago(1_000) } }, { status: 'offline', activeCount: 2 }, now, limits)).toEqual({ tell: { status: 'offline', activeCount: 2, at: now } });
  });
});
