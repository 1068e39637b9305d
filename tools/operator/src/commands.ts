import { createAgent, createWorkspace, type VerificationReport, verifyProjections } from '@relevo/contracts';
import { systemCaller } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import type { Installation } from './installation.js';

/** Prints a line. */
export type Say = (line: string) => void;

export interface NewWorkspace {
  readonly name: string;
  readonly adminName: string;
  readonly email: string;
  readonly password: string;
}

/** A company and its first admin, who makes the rest. */
export async function addWorkspace({ bus }: Installation, { name, adminName, email, password }: NewWorkspace, say: Say): Promise<void> {
  const workspace = await bus.request(createWorkspace, { commandId: newId(), name }, systemCaller('operator'));
  const admin = { commandId: newId(), name: adminName, email, password, role: 'admin' } as const;
  await bus.request(createAgent, admin, systemCaller('operator', workspace.id));
  say(`workspace ${workspace.id} "${workspace.name}", admin ${email}`);
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
