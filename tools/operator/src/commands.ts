import { AppError, createAgent, createWorkspace, findAgent, resetPassword, type VerificationReport, verifyProjections } from '@relevo/contracts';
import { ensureStreams, systemCaller } from '@relevo/messaging';
import { digestId, newId } from '@relevo/platform';
import type { Installation } from './installation.js';

/** Prints a line. */
export type Say = (line: string) => void;

export interface NewWorkspace {
  readonly name: string;
  readonly adminName: string;
  readonly email: string;
  readonly password: string;
}

/** Before services first start, and again when NATS lost its files: they wait for the streams, and may not make them. */
export async function makeStreams({ nats }: Installation, say: Say): Promise<void> {
  const names = await ensureStreams(nats);
  say(`streams ${names.join(', ')}`);
}

async function assertFree({ bus }: Installation, email: string): Promise<void> {
  const found = await bus.request(findAgent, { email }, systemCaller('operator')).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
  if (found) throw new AppError('CONFLICT', 'email: is taken');
}

/**
 * A company and its first admin, who makes the rest. The email is looked for first, so that one which is taken leaves
 * nothing behind; and the workspace follows from what was asked, so that whoever asks again after a failure goes on with it.
 */
export async function addWorkspace(installation: Installation, { name, adminName, email, password }: NewWorkspace, say: Say): Promise<void> {
  const { bus } = installation;
  await assertFree(installation, email);
  const commandId = digestId('workspace add', email.toLowerCase(), name);
  const workspace = await bus.request(createWorkspace, { commandId, name }, systemCaller('operator'));
  const admin = { commandId: newId(), name: adminName, email, password, role: 'admin' } as const;
  await bus.request(createAgent, admin, systemCaller('operator', workspace.id));
  say(`workspace ${workspace.id} "${workspace.name}", admin ${email}`);
}

/** For whoever has nobody left to ask; ends all sessions of theirs. */
export async function reset({ bus }: Installation, email: string, newPassword: string, say: Say): Promise<void> {
  const { agent, workspace } = await bus.request(findAgent, { email }, systemCaller('operator'));
  await bus.request(resetPassword, { agentId: agent.id, commandId: newId(), newPassword }, systemCaller('operator', workspace.id));
  say(`${agent.name} of "${workspace.name}" signs in with the new password; sessions of before are over`);
}

/** Every journal of every service rebuilt and compared with what is stored; false when something differs. */
export async function verify({ bus }: Installation, say: Say): Promise<boolean> {
  let sound = true;
  for (const [owner, rpc] of Object.entries(verifyProjections)) {
    let checked = 0;
    let cursor: string | null = null;
    do {
      const page: VerificationReport = await bus.request(rpc, { limit: 100, ...(cursor !== null && { cursor }) }, systemCaller('operator'));
      checked += page.checked;
      for (const { journal, aggregateId, difference } of page.differences) {
        sound = false;
        say(`${owner}: ${journal} ${aggregateId} ${difference}`);
      }
      cursor = page.nextCursor;
    } while (cursor !== null);
    say(`${owner}: ${checked} checked`);
  }
  return sound;
}

export async function listDeadLetters({ deadLetters }: Installation, say: Say): Promise<void> {
  const letters = await deadLetters.list();
  for (const { seq, durable, subject, error, at } of letters) say(`${seq}  ${at}  ${durable}  ${subject}  ${error}`);
  say(`${await deadLetters.count()} dead letters`);
}

/** Given to the consumer that failed, and to nobody else. */
export async function replayDeadLetter({ deadLetters }: Installation, seq: number, say: Say): Promise<void> {
  const { durable, subject } = await deadLetters.replay(seq);
  say(`${subject} goes to ${durable} once more`);
}
