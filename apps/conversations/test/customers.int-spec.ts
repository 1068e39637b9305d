import { closeConversation, type CustomerView, customersEvents, eventSubject, getConversation, getTimeline, listCustomerConversations, openConversation, receiveMessage, verifyProjections } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { eventually, type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { anAgent } from './a-conversation.js';
import { aMessage, channel } from './a-message.js';
import { Beside } from './beside.js';

const boss = anAgent('boss', { role: 'supervisor' });
const beside = new Beside();
/** Events come within a moment, on a machine that does other things too. */
const patienceMs = 60_000;

let replicas: Replicas;

beforeAll(async () => {
  beside.channel('api');
  replicas = await startReplicas({ service: 'conversations', compose, beside: [beside.compose] });
});

afterAll(() => replicas?.stop());

let count = 0;
interface Person {
  readonly id: string;
  readonly externalId: string;
}

function aCustomer(name = 'Lucía'): Person {
  const person = { id: `cliente-${++count}`, externalId: `+54955${count}` };
  beside.customer(person.id, 'api', person.externalId, { name });
  return person;
}

const nowOf = ({ id }: Person): CustomerView => beside.customers.get(id)!;

/** A message as the channel hands it on that found them just now, or then. */
const writes = async (person: Person, found = nowOf(person)): Promise<string> => {
  const { id, name, version } = found;
  return (await replicas.ask(receiveMessage, aMessage(person.externalId, { customer: { id, name, version } }), channel)).conversationId;
};

/** As customers tells of it; the truth that it answers is changed first. */
function tell(customer: CustomerView, fact: string, id = customer.id): void {
  const event = { noun: 'customer', workspaceId: 'sur', customer };
  replicas.nats.publish(eventSubject(customersEvents, { workspaceId: 'sur', aggregateId: id, fact }), JSON.stringify(event));
}

function rename(person: Person, name: string): CustomerView {
  const customer = { ...nowOf(person), name, version: nowOf(person).version + 1 };
  beside.customers.set(person.id, customer);
  tell(customer, 'customer-edited');
  return customer;
}

/** Whoever asks for the source meets the target from then on. */
function merge(source: Person, target: Person): void {
  const was = nowOf(source);
  const into = { ...nowOf(target), version: nowOf(target).version + 1 };
  beside.customers.set(target.id, into);
  beside.customers.set(source.id, into);
  tell({ ...was, version: was.version + 1, mergedIntoId: target.id }, 'customer-merged-into');
  tell(into, 'customer-merged-from');
}

const conversation = (conversationId: string) => replicas.ask(getConversation, { conversationId }, boss);
const called = (conversationId: string, customer: { id: string; name: string }): Promise<void> =>
  eventually(async () => expect((await conversation(conversationId)).customer).toEqual({ id: customer.id, name: customer.name }), patienceMs);
const changesOf = async (conversationId: string) => (await replicas.ask(getTimeline, { conversationId, limit: 100 }, boss)).items.filter(({ type }) => type === 'customer-changed');

it('a new name reaches active and closed conversations, once each, however often it is told', async () => {
  const lucia = aCustomer();
  const closed = await writes(lucia);
  await replicas.ask(closeConversation, { conversationId: closed, commandId: newId() }, boss);
  const active = await writes(lucia);
  const renamed = rename(lucia, 'Lucía Sosa');
  for (let time = 0; time < 5; time += 1) tell(renamed, 'customer-edited');
  await called(closed, renamed);
  await called(active, renamed);
  expect(await conversation(closed)).toMatchObject({ status: 'closed' });
  // A later one, so that those before have been handled.
  const again = rename(lucia, 'Lucía S.');
  await called(active, again);
  await called(closed, again);
  for (const id of [closed, active]) {
    expect(await changesOf(id)).toMatchObject([
      { visibility: 'internal', data: { customer: { id: lucia.id, name: 'Lucía Sosa' } } },
      { visibility: 'internal', data: { customer: { id: lucia.id, name: 'Lucía S.' } } },
    ]);
  }
});

it('a merge takes the conversations of both along, also what was still written to the one before', async () => {
  const [source, target] = [aCustomer('Lu'), aCustomer('Lucía')];
  const found = nowOf(source);
  const closed = await writes(source);
  await replicas.ask(closeConversation, { conversationId: closed, commandId: newId() }, boss);
  merge(source, target);
  const late = await writes(source, found);
  for (const id of [closed, late]) await called(id, { id: target.id, name: 'Lucía' });
  const renamed = rename(target, 'Lucía Sosa');
  for (const id of [closed, late]) await called(id, renamed);
});

it('events that come late or in any order bring no older name back', async () => {
  const lucia = aCustomer();
  const id = await writes(lucia);
  const names = Array.from({ length: 12 }, (_, index) => ({ ...nowOf(lucia), name: index % 3 === 0 ? 'Lucía' : `Lucía ${index}`, version: index + 2 }));
  beside.customers.set(lucia.id, names.at(-1)!);
  for (const told of [...names.toReversed(), ...names]) tell(told, 'customer-edited');
  const last = rename(lucia, 'Lucía Sosa');
  await called(id, last);
  for (const told of names) tell(told, 'customer-edited');
  const other = aCustomer();
  const others = await writes(other);
  await called(others, rename(other, 'Otra'));
  expect((await conversation(id)).customer.name).toBe('Lucía Sosa');
  const versions = (await changesOf(id)).map(({ data }) => (data as { version: number }).version);
  expect(versions).toEqual([...versions].sort((a, b) => a - b));
});

it('20 renames racing 20 openings and a merge over two replicas: all end with the last name of whom they became', async () => {
  const [source, target] = [aCustomer('Lu 0'), aCustomer('Lucía')];
  const people = Array.from({ length: 20 }, (_, index) => ({ id: source.id, externalId: `${source.externalId}-${index}` }));
  const opened: Promise<string>[] = [];
  for (const [index, person] of people.entries()) {
    // Found before the rename, written down while it is told.
    const found = nowOf(source);
    rename(index < 12 ? source : target, index < 12 ? `Lu ${index + 1}` : `Lucía ${index}`);
    opened.push(writes(person, found));
    if (index === 11) merge(source, target);
  }
  const ids = await Promise.all(opened);
  for (const id of ids) await called(id, nowOf(target));
  expect(nowOf(target).name).toBe('Lucía 19');
});

it('a customer’s conversations are listed active and closed together, newest first, under the id of whom they were merged into too', async () => {
  const [source, target] = [aCustomer('Lu'), aCustomer('Lucía')];
  const ids: string[] = [];
  for (const person of [source, target, source, target]) {
    const id = await writes(person);
    ids.unshift(id);
    if (ids.length < 4) await replicas.ask(closeConversation, { conversationId: id, commandId: newId() }, boss);
  }
  merge(source, target);
  for (const id of ids) await called(id, { id: target.id, name: 'Lucía' });
  for (const { id: customerId } of [source, target]) {
    const first = await replicas.ask(listCustomerConversations, { customerId, limit: 3 }, boss);
    const rest = await replicas.ask(listCustomerConversations, { customerId, cursor: first.nextCursor! }, boss);
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
    expect(rest.nextCursor).toBeNull();
  }
  await expect(replicas.ask(listCustomerConversations, { customerId: 'nadie' }, boss)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('of a customer’s conversations an agent sees those of their teams, and those of none', async () => {
  const lucia = aCustomer();
  const hidden = await replicas.ask(receiveMessage, aMessage(lucia.externalId, { customer: { id: lucia.id, name: 'Lucía', version: 1 }, teamId: 'soporte' }), channel);
  await replicas.ask(closeConversation, { conversationId: hidden.conversationId, commandId: newId() }, boss);
  const shown = await writes(lucia);
  const { items } = await replicas.ask(listCustomerConversations, { customerId: lucia.id }, anAgent('ana', { teamIds: ['ventas'] }));
  expect(items.map(({ id }) => id)).toEqual([shown]);
});

it('an outbound conversation is called as they are when it opens, and follows', async () => {
  const lucia = aCustomer();
  const { conversation: opened } = await replicas.ask(openConversation, { customerId: lucia.id, channelId: 'api', text: 'hola', commandId: newId() }, boss);
  expect(opened.customer).toEqual({ id: lucia.id, name: 'Lucía' });
  await called(opened.id, rename(lucia, 'Lucía Sosa'));
});

it('finds every projection equal to its history', async () => {
  const report = await replicas.ask(verifyProjections.conversations, { limit: 100 }, { kind: 'system', id: 'test' });
  expect(report.differences).toEqual([]);
  expect(report.checked).toBeGreaterThan(25);
});
