import { createHmac, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The users of `deploy/nats/users.conf`. */
export const natsUsers = ['gateway', 'widget', 'conversations', 'routing', 'customers', 'channels', 'scheduler', 'operator'] as const;
export type NatsUser = (typeof natsUsers)[number];

/** May do anything: a test's own hand in NATS, and what stands in for services. Only throw-away stacks have it. */
export const testUser = 'test';

/** Who may connect, with their passwords. */
export type NatsPasswords = Readonly<Record<NatsUser, string> & Partial<Record<typeof testUser, string>>>;

export const natsPasswordVariable = (user: string): string => `NATS_${user.toUpperCase()}_PASSWORD`;

/** Instead of `NATS_URL`, for one user of a NATS that somebody else runs. */
export const natsUrlVariable = (user: NatsUser): string => `${user.toUpperCase()}_NATS_URL`;

/** The same at every start of one folder: from a secret that is made once. */
export async function natsPasswords(dir: string, ephemeral: boolean): Promise<NatsPasswords> {
  const file = join(dir, 'nats', 'secret');
  if (!existsSync(file)) {
    await mkdir(join(dir, 'nats'), { recursive: true });
    await writeFile(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  const secret = await readFile(file, 'utf8');
  // NATS reads a variable as a value of its configuration: what begins with a digit might be a number.
  const passwordOf = (user: string): string => `p${createHmac('sha256', secret).update(user).digest('hex')}`;
  const users = ephemeral ? [...natsUsers, testUser] : natsUsers;
  return Object.fromEntries(users.map((user) => [user, passwordOf(user)])) as NatsPasswords;
}

export const natsEnvironment = (passwords: NatsPasswords): Record<string, string> =>
  Object.fromEntries(Object.entries(passwords).map(([user, password]) => [natsPasswordVariable(user), password]));

/** How each user, and a hand from outside, gets into NATS. */
export interface NatsAccess {
  /** As the user who may do most: `test` in a throw-away stack, else the operator. */
  readonly url: string;
  urlFor(user: NatsUser): string;
}

/** To a NATS of ours, which knows everybody. */
export function accessOf(url: string, passwords: NatsPasswords): NatsAccess {
  const as = (user: string, password: string): string => url.replace('://', `://${user}:${password}@`);
  return {
    url: passwords.test === undefined ? as('operator', passwords.operator) : as(testUser, passwords.test),
    urlFor: (user) => as(user, passwords[user]),
  };
}

/** To somebody else's: `<USER>_NATS_URL` where it is given, and `NATS_URL` for all others. */
export const accessGiven = (url: string, environment: NodeJS.ProcessEnv): NatsAccess => ({
  url: environment[natsUrlVariable('operator')]?.trim() || url,
  urlFor: (user) => environment[natsUrlVariable(user)]?.trim() || url,
});

/** What may be shown. */
export function withoutPassword(natsUrl: string): string {
  if (!URL.canParse(natsUrl)) return natsUrl;
  const { protocol, host } = new URL(natsUrl);
  return `${protocol}//${host}`;
}
