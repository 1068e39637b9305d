import { randomUUID } from 'node:crypto';
import type { OperationName } from '@relevo/contracts';
import type { Fields } from '../answer.js';
import { transports } from '../access/caller.js';
import { type CallerName, operationNamed, type World } from '../access/world.js';

/** One request that more than one check would refuse, and the one that must. */
export interface Conflict {
  readonly what: string;
  readonly caller: CallerName;
  readonly name: OperationName;
  readonly fields: Fields;
  readonly expected: string;
}

const claim = 'POST /conversations/:conversationId/claim';
const send = 'POST /conversations/:conversationId/messages';
const note = 'POST /conversations/:conversationId/notes';
const transfer = 'POST /conversations/:conversationId/transfer';
const tag = 'PUT /conversations/:conversationId/tags/:tagId';
const timeline = 'GET /conversations/:conversationId/timeline';

async function conversations(world: World): Promise<Record<'assigned' | 'answered' | 'closed', string>> {
  const [assigned, answered, closed] = await Promise.all([world.opened('ventas'), world.opened('ventas'), world.opened('ventas')]);
  for (const conversationId of [assigned, answered, closed]) await world.must('assignee', claim, { conversationId });
  await world.must('supervisor', send, { conversationId: answered, text: 'yo' });
  await world.must('assignee', 'POST /conversations/:conversationId/close', { conversationId: closed });
  return { assigned, answered, closed };
}

/** The contract's order: authentication, validation, sight, closed, assignee, other rules. */
export async function conflictsIn(world: World): Promise<Conflict[]> {
  const { assigned, answered, closed } = await conversations(world);
  const blind = [world.north.agents.otherTeam.id];
  const nobody = randomUUID();
  const row = (what: string, caller: CallerName, name: OperationName, fields: Fields, expected: string): Conflict => ({ what, caller, name, fields, expected });
  return [
    row('no token, a bad body', 'nobody', send, { conversationId: assigned }, 'UNAUTHENTICATED'),
    row('no token, nothing there', 'nobody', send, { conversationId: nobody, text: 'x' }, 'UNAUTHENTICATED'),
    row('a session that ended, a bad body', 'revoked', send, { conversationId: assigned }, 'UNAUTHENTICATED'),
    row('a bad body, not seen', 'otherTeam', send, { conversationId: assigned }, 'VALIDATION_FAILED'),
    row('a bad body, of another workspace', 'foreignAdmin', send, { conversationId: assigned }, 'VALIDATION_FAILED'),
    row('a bad body, closed', 'colleague', send, { conversationId: closed }, 'VALIDATION_FAILED'),
    row('a bad body, no role for it', 'colleague', 'POST /tags', {}, 'VALIDATION_FAILED'),
    row('two targets, not seen', 'otherTeam', transfer, { conversationId: assigned, agentId: nobody, teamId: nobody }, 'VALIDATION_FAILED'),
    row('no target, not seen', 'otherTeam', transfer, { conversationId: assigned }, 'VALIDATION_FAILED'),
    row('both ends, not seen', 'otherTeam', timeline, { conversationId: assigned, after: 1, before: 2 }, 'VALIDATION_FAILED'),
    row('no cursor of ours, not seen', 'otherTeam', timeline, { conversationId: assigned, cursor: 'z1' }, 'VALIDATION_FAILED'),
    row('not seen, closed', 'otherTeam', send, { conversationId: closed, text: 'x' }, 'NOT_FOUND'),
    row('not seen, assigned to another', 'otherTeam', claim, { conversationId: assigned }, 'NOT_FOUND'),
    row('not seen, who is mentioned does not see it', 'otherTeam', note, { conversationId: assigned, text: 'x', mentions: blind }, 'NOT_FOUND'),
    row('not seen, closed, no such target', 'otherTeam', transfer, { conversationId: closed, agentId: nobody }, 'NOT_FOUND'),
    row('not seen, nothing to undo', 'otherTeam', 'POST /conversations/:conversationId/undo', { conversationId: assigned }, 'NOT_FOUND'),
    row('closed, not the assignee', 'colleague', send, { conversationId: closed, text: 'x' }, 'CONVERSATION_CLOSED'),
    row('closed, of another', 'colleague', claim, { conversationId: closed }, 'CONVERSATION_CLOSED'),
    row('closed, who is mentioned does not see it', 'colleague', note, { conversationId: closed, text: 'x', mentions: blind }, 'CONVERSATION_CLOSED'),
    row('closed, no such target', 'assignee', transfer, { conversationId: closed, agentId: nobody }, 'CONVERSATION_CLOSED'),
    row('closed, not the assignee, to oneself', 'colleague', transfer, { conversationId: closed, agentId: world.north.agents.colleague.id }, 'CONVERSATION_CLOSED'),
    row('not the assignee, overtaken', 'colleague', send, { conversationId: answered, text: 'x', seenSeq: 0 }, 'NOT_ASSIGNEE'),
    row('not the assignee, no such target', 'colleague', transfer, { conversationId: assigned, agentId: nobody }, 'NOT_ASSIGNEE'),
    row('not the assignee, to oneself', 'colleague', transfer, { conversationId: assigned, agentId: world.north.agents.colleague.id }, 'NOT_ASSIGNEE'),
    row('overtaken', 'assignee', send, { conversationId: answered, text: 'x', seenSeq: 0 }, 'REPLY_OVERTAKEN'),
    row('who is mentioned does not see it', 'assignee', note, { conversationId: assigned, text: 'x', mentions: blind }, 'RULE_VIOLATED'),
    row('no such target', 'assignee', transfer, { conversationId: assigned, agentId: nobody }, 'NOT_FOUND'),
    row('no such tag', 'assignee', tag, { conversationId: assigned, tagId: nobody }, 'NOT_FOUND'),
    row('no role for it', 'colleague', 'POST /tags', { name: 'x' }, 'FORBIDDEN'),
  ];
}

/** One readable line for each that another check than the first answered. */
export async function outOfOrder(world: World): Promise<string[]> {
  const found: string[] = [];
  for (const { what, caller, name, fields, expected } of await conflictsIn(world)) {
    const operation = operationNamed(name);
    const body = { ...(operation.method !== 'GET' && { commandId: randomUUID() }), ...fields };
    for (const transport of transports) {
      const got = await world.callers[caller].ask(transport, operation, body);
      if (got && got.code !== expected) found.push(`${name} | ${caller} | ${transport} | ${what} | expected ${expected} | got ${got.code}`);
    }
  }
  return found;
}
