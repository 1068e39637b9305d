import { mongodSafety, natsSafety, versionIn } from './version.js';

describe('what a program says of its version', () => {
  it.each([
    ['nats-server: v2.12.7', [2, 12, 7]],
    ['db version v8.0.30\nBuild Info: {', [8, 0, 30]],
  ])('%j is understood', (text, version) => {
    expect(versionIn(text)).toEqual(version);
  });

  it('may be nothing', () => {
    expect(versionIn('nats-server: development')).toBeUndefined();
  });

  it.each([
    ['2.10.29', false],
    ['2.12.6', false],
    ['2.12.7', true],
    ['2.12.12', true],
    ['2.13.9', false],
    ['2.14.0', true],
    ['3.0.0', true],
  ])('nats-server %s is safe: %s', (text, safe) => {
    expect(natsSafety.isSafe(versionIn(text)!)).toBe(safe);
  });

  it.each([
    ['7.0.99', false],
    ['8.0.29', false],
    ['8.0.30', true],
    ['8.2.0', true],
  ])('mongod %s is safe: %s', (text, safe) => {
    expect(mongodSafety.isSafe(versionIn(text)!)).toBe(safe);
  });
});
