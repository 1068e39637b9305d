import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Installation } from './installation.js';

const aSeedFile = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'relevo-seed-')), 'local', 'seed');

it('gives the same passwords at every start, and others elsewhere', async () => {
  const path = await aSeedFile();
  const [first, again, elsewhere] = [await Installation.open(path), await Installation.open(path), await Installation.open(await aSeedFile())];
  expect(again.passwordOf('ana@almacensur.example')).toBe(first.passwordOf('ana@almacensur.example'));
  expect(first.passwordOf('ana@almacensur.example')).toMatch(/^[A-Za-z0-9]{16}$/);
  expect(first.passwordOf('bruno@almacensur.example')).not.toBe(first.passwordOf('ana@almacensur.example'));
  expect(elsewhere.passwordOf('ana@almacensur.example')).not.toBe(first.passwordOf('ana@almacensur.example'));
  expect(first.jwtSecret.length).toBeGreaterThanOrEqual(32);
});

it('keeps its seed from others', async () => {
  const path = await aSeedFile();
  await Installation.open(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('does not go on with half a seed', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'relevo-seed-')), 'seed');
  await writeFile(path, 'abc');
  await expect(Installation.open(path)).rejects.toThrow('--fresh');
});
