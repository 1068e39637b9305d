import {
  type AgentActor,
  type ChannelActor,
  CustomerPage,
  identifyCustomer,
  type IdentifyCustomer,
  type ListCustomers,
  listCustomers,
  mergeCustomer,
  searchCustomers,
  updateCustomer,
  validateShape,
} from '@relevo/contracts';
import type { Body } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import { eventually, type Replicas, startReplicas } from '@relevo/testing';
import fc from 'fast-check';
import { compose } from '../src/app.module.js';
import { CustomerWords } from '../src/search/customer-words.js';

const channelOf = (workspaceId: string): ChannelActor => ({ kind: 'channel', workspaceId, id: 'api' });
const agentOf = (workspaceId: string): AgentActor => ({ kind: 'agent', workspaceId, id: 'ana', name: 'Ana', role: 'agent', teamIds: [] });
const serviceOf = (workspaceId: string) => ({ kind: 'system', id: 'conversations', workspaceId }) as const;

let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas({ service: 'customers', compose });
});

afterAll(() => replicas?.stop());

let count = 0;
const aWorkspace = (): string => `workspace${++count}`;

async function aCustomer(workspaceId: string, more: Partial<Body<IdentifyCustomer>> = {}): Promise<string> {
  return (await replicas.ask(identifyCustomer, { channelId: 'api', externalId: `visitante${++count}z`, ...more }, channelOf(workspaceId))).id;
}

async function found(workspaceId: string, query: Partial<ListCustomers> = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: CustomerPage = validateShape(CustomerPage, await replicas.ask(listCustomers, { ...query, ...(cursor !== undefined && { cursor }) }, agentOf(workspaceId)), { maxParts: 10_000 });
    expect(page.items.length).toBeLessThanOrEqual(query.limit ?? 25);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return ids;
}

/** Newest first, as the replicas' estimates of the database's clock had it, which are some milliseconds apart. */
async function newestFirst(ids: readonly string[]): Promise<string[]> {
  const projections = replicas.database.collection<{ _id: string; createdAt: Date }>('customer_projection');
  const records = await projections.find({ _id: { $in: [...ids] } }).toArray();
  return records.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a._id < b._id ? -1 : 1)).map(({ _id }) => _id);
}

it('lists all customers of a workspace, newest first, each once over all pages', async () => {
  const [workspaceId, other] = [aWorkspace(), aWorkspace()];
  await aCustomer(other);
  const ids: string[] = [];
  for (let index = 0; index < 7; index += 1) ids.push(await aCustomer(workspaceId));
  for (const limit of [1, 3, 7, 100]) expect(await found(workspaceId, { limit })).toEqual(await newestFirst(ids));
  expect(await found(aWorkspace())).toEqual([]);
});

it('finds them by how words of their name begin, by email, phone and what a channel calls them, right after each change', async () => {
  const workspaceId = aWorkspace();
  const lucia = await aCustomer(workspaceId, { externalId: '+5491155551234', name: 'Lucía Fernández Ñandú', attributes: { contacto: 'lucia.f@correo.example', otro: '(0341) 456-7890' } });
  await aCustomer(workspaceId, { externalId: '+5491155559999', name: 'Luciano Paz' });
  for (const q of ['lucía', 'LUCIA fer', 'ñan lu', 'lucia.f@correo.example', 'lucia.f', 'correo', '+54 9 11 5555-1234', '1155551234', '55551234', '341 456 7890', 'lucia 5551234']) expect(await found(workspaceId, { q })).toContain(lucia);
  for (const q of ['lucia fer', 'correo.exam', '55551234']) expect(await found(workspaceId, { q })).toEqual([lucia]);
  for (const q of ['ernandez', 'lucia paz', '5551299', 'otra@correo.example', '🙂']) expect(await found(workspaceId, { q })).not.toContain(lucia);
  await replicas.ask(updateCustomer, { customerId: lucia, name: 'Rosa', set: { contacto: 'rosa@otro.example' }, version: 1, commandId: newId() }, agentOf(workspaceId));
  for (const q of ['ros', 'rosa@otro.example']) expect(await found(workspaceId, { q })).toEqual([lucia]);
  for (const q of ['lucia fer', 'lucia.f@correo.example']) expect(await found(workspaceId, { q })).toEqual([]);
});

it('shows somebody who was merged as who they are now, and tells whoever looks for conversations both', async () => {
  const workspaceId = aWorkspace();
  const [source, target] = [await aCustomer(workspaceId, { externalId: '+34600111222', name: 'Marta' }), await aCustomer(workspaceId, { name: 'Marta Gil' })];
  await replicas.ask(mergeCustomer, { customerId: source, intoId: target, commandId: newId() }, agentOf(workspaceId));
  for (const query of [{}, { q: 'marta' }, { q: '600111222' }]) expect(await found(workspaceId, query)).toEqual([target]);
  expect((await replicas.ask(searchCustomers, { q: 'marta' }, serviceOf(workspaceId))).customerIds.sort()).toEqual([source, target].sort());
  expect(await replicas.ask(searchCustomers, { q: 'marta' }, serviceOf(aWorkspace()))).toEqual({ customerIds: [], foundBy: [] });
});

it('tells whoever looks for conversations in what of each customer it found the text', async () => {
  const workspaceId = aWorkspace();
  const externalId = '+5493415550001';
  const customerId = await aCustomer(workspaceId, { externalId, name: 'Inés Paz', attributes: { contacto: 'ines@correo.example', otro: '(0341) 456-7890' } });
  for (const [q, field, text] of [
    ['ines p', 'name', 'Inés Paz'],
    ['ines correo', 'attributes.contacto', 'ines@correo.example'],
    ['341 4567890', 'attributes.otro', '(0341) 456-7890'],
    ['5550001', 'identities', externalId],
  ] as const) expect((await replicas.ask(searchCustomers, { q }, serviceOf(workspaceId))).foundBy).toEqual([{ customerId, field, text }]);
});

it('refuses what it cannot look for, and cursors that are not its own', async () => {
  const workspaceId = aWorkspace();
  const words = Array.from({ length: 11 }, (_, index) => `w${index}`).join(' ');
  const ask = (query: Partial<ListCustomers>) => replicas.ask(listCustomers, query, agentOf(workspaceId));
  for (const q of ['', ' ', 'x'.repeat(201), words]) await expect(ask({ q })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'q' }] });
  const cursors = ['x', ...['[1]', '[-1,"a"]', '[1.5,"a"]', '[1,"a|b"]', '[1,2]'].map((text) => Buffer.from(text).toString('base64url'))];
  for (const cursor of cursors) await expect(ask({ cursor })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'cursor' }] });
});

it('finds just those whose names have words that begin so, newest first, whatever the pages', async () => {
  const workspaceId = aWorkspace();
  const word = fc.constantFrom('Ana', 'Anabel', 'Ñata', 'José', 'Josefa', 'Paz');
  const names = fc.sample(fc.array(word, { minLength: 1, maxLength: 3 }), { numRuns: 40, seed: 20260203 });
  const known: { id: string; words: string[] }[] = [];
  const plain = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  for (const words of names) known.push({ id: await aCustomer(workspaceId, { name: words.join(' ') }), words: words.map(plain) });
  const order = await newestFirst(known.map(({ id }) => id));
  known.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const asked = fc.array(fc.tuple(word, fc.integer({ min: 1, max: 6 })).map(([whole, length]) => whole.slice(0, length)), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(asked, fc.integer({ min: 1, max: 12 }), async (beginnings, limit) => {
      const expected = known.filter(({ words }) => beginnings.every((beginning) => words.some((each) => each.startsWith(plain(beginning))))).map(({ id }) => id);
      expect(await found(workspaceId, { q: beginnings.join(' '), limit })).toEqual(expected);
    }),
    { seed: 20260204, numRuns: 40 },
  );
});

it('whose words could not be written is found once they can; nobody is left behind', async () => {
  const workspaceId = aWorkspace();
  const failing = replicas.apps.map((app) => jest.spyOn(app.get(CustomerWords), 'record').mockRejectedValue(new Error('killed')));
  await expect(aCustomer(workspaceId, { name: 'Perdida' })).rejects.toMatchObject({ code: 'INTERNAL' });
  for (const spy of failing) spy.mockRestore();
  await eventually(async () => expect(await found(workspaceId, { q: 'perdida' })).toHaveLength(1));
});
