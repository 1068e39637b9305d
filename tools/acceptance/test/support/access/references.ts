import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { isCommand, type OperationName } from '@relevo/contracts';
import type { Fields } from '../answer.js';
import { operationNamed, type World } from './world.js';

/** A request of `norte` that is good but for naming something; what it comes to when that is of another workspace. */
interface Reference {
  readonly name: OperationName;
  readonly naming: (id: string) => Fields;
  /** Of workspace `sur`. */
  readonly foreign: string;
  readonly expected: string;
}

async function referencesIn(world: World): Promise<Reference[]> {
  const { north, south } = world;
  const [conversationId, theirs] = [await world.opened('general'), await world.opened('general', 'south')];
  const over = await world.opened('general');
  const { customer } = (await world.must('admin', 'GET /conversations/:conversationId', { conversationId: over })) as { customer: { id: string } };
  await world.must('admin', 'POST /conversations/:conversationId/close', { conversationId: over });
  const theirCustomer = ((await world.must('foreignAdmin', 'GET /conversations/:conversationId', { conversationId: theirs })) as { customer: { id: string } }).customer.id;
  const theirTag = String((await world.must('foreignAdmin', 'POST /tags', { name: 'ajena' })).id);
  const transfer = 'POST /conversations/:conversationId/transfer';
  const agent = { name: 'Nueva', password: 'only-for-tests', role: 'agent' };
  const listing = (field: string, foreign: string): Reference => ({ name: 'GET /conversations', naming: (id) => ({ [field]: id }), foreign, expected: 'ok' });
  return [
    { name: transfer, naming: (agentId) => ({ conversationId, agentId, force: true }), foreign: south.agents.agent.id, expected: 'NOT_FOUND' },
    { name: transfer, naming: (teamId) => ({ conversationId, teamId }), foreign: south.teams.ventas, expected: 'NOT_FOUND' },
    { name: 'PUT /conversations/:conversationId/tags/:tagId', naming: (tagId) => ({ conversationId, tagId }), foreign: theirTag, expected: 'NOT_FOUND' },
    { name: 'POST /conversations/:conversationId/notes', naming: (id) => ({ conversationId, text: 'ojo', mentions: [id] }), foreign: south.agents.agent.id, expected: 'RULE_VIOLATED' },
    { name: 'POST /conversations', naming: (channelId) => ({ customerId: customer.id, channelId, text: 'hola' }), foreign: south.channels.general.id, expected: 'NOT_FOUND' },
    { name: 'POST /conversations', naming: (customerId) => ({ customerId, channelId: north.channels.general.id, text: 'hola' }), foreign: theirCustomer, expected: 'NOT_FOUND' },
    { name: 'POST /agents', naming: (id) => ({ ...agent, email: `${randomUUID()}@test.example`, teamIds: [id] }), foreign: south.teams.ventas, expected: 'NOT_FOUND' },
    { name: 'PATCH /agents/:agentId', naming: (id) => ({ agentId: north.agents.receiver.id, teamIds: [id] }), foreign: south.teams.ventas, expected: 'NOT_FOUND' },
    { name: 'POST /channels', naming: (teamId) => ({ name: 'API', kind: 'api', teamId }), foreign: south.teams.ventas, expected: 'NOT_FOUND' },
    listing('teamId', south.teams.ventas),
    listing('tagId', theirTag),
    listing('assigneeId', south.agents.agent.id),
    listing('customerId', theirCustomer),
  ];
}

/** One readable line for each that is answered otherwise than what does not exist. */
export async function toldApart(world: World): Promise<string[]> {
  const found: string[] = [];
  for (const { name, naming, foreign, expected } of await referencesIn(world)) {
    const operation = operationNamed(name);
    const ask = async (id: string) => {
      const fields = { ...(isCommand(operation) && { commandId: randomUUID() }), ...naming(id) };
      return (await world.callers.admin.ask('REST', operation, fields))!;
    };
    const [theirs, nothing] = [await ask(foreign), await ask(randomUUID())];
    if (theirs.code !== expected) found.push(`${name} | expected ${expected} | got ${theirs.code}`);
    if (!isDeepStrictEqual(theirs, nothing)) found.push(`${name} | ${JSON.stringify(theirs.body)} | unlike what does not exist: ${JSON.stringify(nothing.body)}`);
  }
  return found;
}
