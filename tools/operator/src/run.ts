import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { AppError } from '@relevo/contracts';
import { addWorkspace, listDeadLetters, makeStreams, replayDeadLetter, reset, type Say, verify } from './commands.js';
import { connectInstallation, type Installation } from './installation.js';

export const usage = `npm run relevo -- <command>
  workspace add --name N --admin-name A --email E   a company and its first admin; the password is RELEVO_PASSWORD,
                                                    or made and printed once
  password reset EMAIL                              another password for an agent: RELEVO_PASSWORD, or made and printed once
  streams                                           make the streams that services wait for, or bring them up to date
  verify                                            rebuild every journal and compare; exit 1 when something differs
  dead-letters                                      what was given up
  dead-letters replay SEQ                           give one to its consumer again
NATS_URL names the installation, as its user operator; without it, the npm start of this clone.`;

type Command = (installation: Installation, say: Say) => Promise<boolean | void>;

/** With the operator's password, or with one that is made, and printed once it is in force. Never from the command line, which others can read. */
async function withPassword(env: NodeJS.ProcessEnv, say: Say, use: (password: string) => Promise<void>): Promise<void> {
  const given = env.RELEVO_PASSWORD;
  const password = given || randomBytes(15).toString('base64url');
  await use(password);
  if (!given) say(`password ${password}`);
}

/** What to do, read before anything is connected; null when it cannot be read. */
function commandOf(args: readonly string[], env: NodeJS.ProcessEnv): Command | null {
  const options = { name: { type: 'string' }, 'admin-name': { type: 'string' }, email: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { name, 'admin-name': adminName, email } = values;
  const said = positionals.join(' ');
  if (said === 'workspace add' && name && adminName && email) {
    return (installation, say) => withPassword(env, say, (password) => addWorkspace(installation, { name, adminName, email, password }, say));
  }
  const [, owner] = /^password reset (\S+)$/.exec(said) ?? [];
  if (owner !== undefined) return (installation, say) => withPassword(env, say, (password) => reset(installation, owner, password, say));
  if (said === 'streams') return makeStreams;
  if (said === 'verify') return verify;
  if (said === 'dead-letters') return listDeadLetters;
  const [, seq] = /^dead-letters replay (\d{1,15})$/.exec(said) ?? [];
  return seq === undefined ? null : (installation, say) => replayDeadLetter(installation, Number(seq), say);
}

/** The exit code: 0 done, 1 refused or a difference found, 2 not understood. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv, say: Say, complain: Say): Promise<number> {
  let command: Command | null = null;
  try {
    command = commandOf(args, env);
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
  if (command === null) {
    complain(usage);
    return 2;
  }
  let installation: Installation | undefined;
  try {
    installation = await connectInstallation(env);
    return (await command(installation, say)) === false ? 1 : 0;
  } catch (error) {
    complain(error instanceof AppError ? `${error.code}: ${error.message}` : error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    await installation?.close();
  }
}
