import { randomUUID } from 'node:crypto';
import { setTimeout as until } from 'node:timers/promises';
import { seedWorkspace, startTestSystem, type TestSystem } from '@relevo/testing';
import { Aim } from './support/aim.js';
import { type ChannelKey, OutsideAgent, postInbound } from './support/outsider.js';

/** Two replicas of the gateway and of whoever owns customers; one agent edits over REST, the other over a socket. */
const rounds = 50;

interface Customer {
  readonly id: string;
  readonly version: number;
  readonly attributes: Readonly<Record<string, { value: string; by: string }>>;
}

/** What came of an edit, the same for REST and socket. */
interface Edited {
  readonly code: string;
  readonly customer?: Customer;
  readonly fields?: readonly { field: string; yours: string; theirs: string }[];
}

interface Problem {
  readonly code: string;
  readonly details?: { readonly fields?: Edited['fields'] };
}

let system: TestSystem;
let shop: ChannelKey;
let ana: OutsideAgent;
let beto: OutsideAgent;
let ids: { ana: string; beto: string };

beforeAll(async () => {
  system = await startTestSystem({ replicas: { gateway: 2, customers: 2 } });
  const seeded = await seedWorkspace(system, { agents: { ana: {}, beto: {} }, channels: { shop: {} } });
  shop = seeded.channels.shop;
  ana = await OutsideAgent.signIn(system.gatewayUrl(1), seeded.agents.ana);
  beto = await OutsideAgent.signIn(system.gatewayUrl(2), seeded.agents.beto);
  await beto.connect();
  ids = { ana: seeded.agents.ana.id, beto: seeded.agents.beto.id };
});

afterAll(async () => {
  beto?.disconnect();
  await system?.stop();
});

async function aCustomer(): Promise<Customer> {
  const { body } = await postInbound(system.gatewayUrl(), shop, `+549${randomUUID().slice(0, 8)}`, 'hola');
  const { body: conversation } = await ana.call<{ customer: { id: string } }>('GET', `/conversations/${body.conversationId}`);
  return current(conversation.customer.id);
}

const current = async (id: string): Promise<Customer> => (await ana.call<Customer>('GET', `/customers/${id}`)).body;

async function overRest({ id, version }: Customer, set: object): Promise<Edited> {
  const { status, body } = await ana.call<Customer & Problem>('PATCH', `/customers/${id}`, { set, version }, randomUUID());
  return status === 200 ? { code: 'ok', customer: body } : { code: body.code, fields: body.details?.fields };
}

async function overSocket({ id, version }: Customer, set: object): Promise<Edited> {
  const { ok, data, error } = await beto.emit<Customer>('customer.update', { customerId: id, commandId: randomUUID(), set, version });
  return ok ? { code: 'ok', customer: data } : { code: error!.code, fields: (error as Problem).details?.fields };
}

it(`two agents who edit different fields of a customer at once, ${rounds} times: both are kept`, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const customer = await aCustomer();
    const edits = await Promise.all([overRest(customer, { city: `Salta ${round}` }), overSocket(customer, { plan: `pro ${round}` })]);
    expect(edits.map(({ code }) => code)).toEqual(['ok', 'ok']);
    const { attributes, version } = await current(customer.id);
    expect(attributes).toMatchObject({ city: { value: `Salta ${round}`, by: ids.ana }, plan: { value: `pro ${round}`, by: ids.beto } });
    expect(version).toBe(customer.version + 2);
    // Whoever came second was answered with both.
    expect(edits.find((edit) => edit.customer?.version === version)?.customer?.attributes).toEqual(attributes);
  }
});

it(`two agents who edit the same field at once, ${rounds} times: one wins, the other gets CONFLICT with both values, and nothing of theirs is done`, async () => {
  const won = { REST: 0, socket: 0 };
  const aim = new Aim(1, [-5_000, 5_000]);
  for (let round = 0; round < rounds; round += 1) {
    const customer = await aCustomer();
    const wishes = [
      { city: `Salta ${round}`, street: 'Belgrano' },
      { city: `Jujuy ${round}`, plan: 'pro' },
    ] as const;
    const edits = await Promise.all([
      until(Math.max(0, -aim.ms)).then(() => overRest(customer, wishes[0])),
      until(Math.max(0, aim.ms)).then(() => overSocket(customer, wishes[1])),
    ]);
    const winner = edits.findIndex(({ code }) => code === 'ok');
    const loser = 1 - winner;
    expect(edits[loser]).toEqual({ code: 'CONFLICT', fields: [{ field: 'attributes.city', yours: wishes[loser]!.city, theirs: wishes[winner]!.city }] });
    const { attributes, version } = await current(customer.id);
    const values = Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value]));
    expect(values).toEqual(wishes[winner]);
    expect(version).toBe(customer.version + 1);
    // Having seen the other's, the loser may still insist.
    const again = { ...customer, version };
    expect(await (loser === 0 ? overRest(again, wishes[0]) : overSocket(again, wishes[1]))).toMatchObject({ code: 'ok', customer: { attributes: { city: { value: wishes[loser]!.city } } } });
    won[winner === 0 ? 'REST' : 'socket'] += 1;
    aim.follow(winner === 1);
  }
  // Else it was no race.
  expect(Math.min(won.REST, won.socket)).toBeGreaterThan(rounds / 10);
});
