import { createHmac, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const secretBytes = 32;
const passwordLength = 16;

/** What is secret and stays the same for one clone on one machine, all of it from one random seed under `.local/`. */
export class Installation {
  private constructor(private readonly seed: string) {}

  /** `wx`: of two that find none, one writes it and both read it. */
  static async open(path: string): Promise<Installation> {
    if (!existsSync(path)) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${randomBytes(secretBytes).toString('hex')}\n`, { mode: 0o600, flag: 'wx' }).catch(unlessExists);
    }
    const seed = (await readFile(path, 'utf8')).trim();
    if (seed.length < secretBytes * 2) throw new Error(`${path} does not hold a seed. Delete it, and begin anew with --fresh.`);
    return new Installation(seed);
  }

  /** A demo account's password: some 95 bits that nobody has to keep, in letters and digits that a double click selects. */
  passwordOf(email: string): string {
    return this.derive(`password:${email}`).replace(/[-_]/g, '').slice(0, passwordLength);
  }

  /** What signs access tokens, the same for every gateway. */
  get jwtSecret(): string {
    return this.derive('jwt');
  }

  private derive(purpose: string): string {
    return createHmac('sha256', this.seed).update(purpose).digest('base64url');
  }
}

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
