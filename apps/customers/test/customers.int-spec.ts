import {
  type AgentActor,
  AppError,
  type ChannelActor,
  type CustomerEvent,
  type CustomerView,
  defineAttribute,
  type DefineAttribute,
  getCustomer,
  identifyCustomer,
  type IdentifyCustomer,
  listAttributes,
  verifyProjections,
} from '@relevo/contracts';
import type { Body } from '@relevo/messaging';
import { unvalidatedSubjects } from '@relevo/messaging/testing';
import { newId } from '@relevo/platform';
import { type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { customerIdOf } from '../src/customers/customer.js';

const channel: ChannelActor = { kind: 'channel', workspaceId: 'sur', id: 'api' };
const ana: AgentActor = { kind: 'agent', workspaceId: 'sur', id: 'ana', name: 'Ana', role: 'agent', teamIds: [] };
const operator = { kind: 'system', id: 'cli' } as const;

let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas({ service: 'customers', compose });
});

afterAll(() => replicas?.stop());

const times = <T>(count: number, task: (index: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, index) => task(index)));

const codeOf = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

let customers = 0;
const anIdentity = (more: Partial<Body<IdentifyCustomer>> = {}): Body<IdentifyCustomer> => ({ channelId: channel.id, externalId: `+54911${++customers}`, ...more });

const identify = (body: Body<IdentifyCustomer>, actor = channel) => replicas.ask(identifyCustomer, body, actor);
const get = (customerId: string, actor = ana): Promise<CustomerView> => replicas.ask(getCustomer, { customerId }, actor);
const entriesOf = (id: string) => replicas.database.collection<{ aggregateId: string }>('customer_journal').countDocuments({ aggregateId: id });

describe('identifying a customer', () => {
  it('makes one of 20 first meetings at once', async () => {
    const body = anIdentity({ name: 'Lucía', attributes: { city: 'Rosario' } });
    const answers = await times(20, () => identify(body));
    expect(answers).toEqual(Array(20).fill({ id: answers[0]!.id, name: 'Lucía', version: 1 }));
    expect(await entriesOf(answers[0]!.id)).toBe(1);
    const identity = { channelId: 'api', externalId: body.externalId };
    expect(await get(answers[0]!.id)).toMatchObject({ name: 'Lucía', identities: [identity], version: 1, affinityAgentId: null, blocked: false });
  });

  it('calls whom it was told nothing visible of by what the channel calls them, until it is told a name', async () => {
    const body = anIdentity({ name: '\u3164' });
    expect(await identify(body)).toMatchObject({ name: body.externalId });
    expect(await identify({ ...body, name: 'Lucía' })).toMatchObject({ name: 'Lucía' });
    expect(await identify({ ...body, name: '\u200b' })).toMatchObject({ name: 'Lucía' });
  });

  it('keeps what each of 20 first meetings at once tells', async () => {
    const { externalId } = anIdentity();
    const answers = await times(20, (index) => identify({ channelId: 'api', externalId, attributes: { [`key_${index}`]: String(index) } }));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    const { attributes, version } = await get(answers[0]!.id);
    expect(Object.keys(attributes)).toHaveLength(20);
    expect(version).toBe(20);
  });

  it('adds to the history what is new, and nothing when nothing is', async () => {
    const body = anIdentity({ attributes: { city: 'Rosario', plan: 'pro' } });
    const { id, name } = await identify(body);
    expect(name).toBe(body.externalId);
    await identify(body);
    expect(await entriesOf(id)).toBe(1);
    const events = replicas.nats.subscribe(`evt.customers.sur.internal.${id}.customer-attributes-collected.v1`, { max: 1 });
    await identify({ ...body, attributes: { city: 'Salta', plan: 'pro' } });
    const customer = await get(id);
    expect(customer.version).toBe(2);
    expect(customer.attributes).toMatchObject({ city: { value: 'Salta', source: 'api', by: 'api' }, plan: { value: 'pro' } });
    for await (const event of events) expect(event.json<CustomerEvent>()).toEqual({ noun: 'customer', workspaceId: 'sur', customer });
  });

  it('tells customers of two channels and two workspaces apart', async () => {
    const { externalId } = anIdentity();
    const others = [channel, { ...channel, id: 'web' }, { ...channel, workspaceId: 'norte' }];
    const answers = await Promise.all(others.map((actor) => identify({ channelId: actor.id, externalId }, actor)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(3);
    expect(answers[0]!.id).toBe(customerIdOf('sur', { channelId: 'api', externalId }));
  });

  it('refuses a channel that speaks for another, and attributes that are not fit', async () => {
    expect(await codeOf(identify(anIdentity({ channelId: 'web' })))).toBe('FORBIDDEN');
    const unfit = identify(anIdentity({ attributes: { City: 'Salta' } }));
    await expect(unfit).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'attributes.City' }] });
  });
});

it('shows a customer to the agents of their workspace alone', async () => {
  const { id } = await identify(anIdentity());
  expect((await get(id)).id).toBe(id);
  expect(await codeOf(get(id, { ...ana, workspaceId: 'norte' }))).toBe('NOT_FOUND');
  expect(await codeOf(get('none'))).toBe('NOT_FOUND');
});

describe('defining attributes', () => {
  let workspaces = 0;
  const anAdmin = (): AgentActor => ({ ...ana, role: 'admin', workspaceId: `workspace-${++workspaces}` });
  const aDefinition = (more: Partial<Body<DefineAttribute>> = {}): Body<DefineAttribute> => ({ commandId: newId(), key: 'email', label: 'Correo', type: 'email', ...more });

  it('keeps each key once, whoever races for it', async () => {
    const admin = anAdmin();
    const race = await times(10, (index) => codeOf(replicas.ask(defineAttribute, aDefinition({ label: `Correo ${index}` }), admin)));
    expect(race.sort()).toEqual([...Array<string>(9).fill('CONFLICT'), 'ok']);
    await expect(replicas.ask(defineAttribute, aDefinition(), admin)).rejects.toMatchObject({ code: 'CONFLICT', errors: [{ path: 'key' }] });
    expect((await replicas.ask(listAttributes, {}, admin)).items).toHaveLength(1);
  });

  it('answers a repeated command with its first definition', async () => {
    const admin = anAdmin();
    const command = aDefinition({ required: true });
    const answers = await times(10, () => replicas.ask(defineAttribute, command, admin));
    expect(answers).toEqual(Array(10).fill({ key: 'email', label: 'Correo', type: 'email', required: true, readOnly: false, options: [] }));
    await replicas.ask(defineAttribute, aDefinition({ key: 'city', label: 'Ciudad', type: 'text' }), admin);
    expect((await replicas.ask(listAttributes, {}, admin)).items.map(({ key }) => key)).toEqual(['email', 'city']);
  });

  it('is for admins, and for a system actor inside a workspace', async () => {
    expect(await codeOf(replicas.ask(defineAttribute, aDefinition(), ana))).toBe('FORBIDDEN');
    expect(await codeOf(replicas.ask(defineAttribute, aDefinition(), operator))).toBe('VALIDATION_FAILED');
    expect(await codeOf(replicas.ask(defineAttribute, aDefinition(), { ...operator, workspaceId: 'oeste' }))).toBe('ok');
    expect((await replicas.ask(listAttributes, {}, anAdmin())).items).toEqual([]);
  });
});

it('finds every projection equal to its history', async () => {
  await identify(anIdentity({ attributes: { city: 'Rosario' } }));
  const report = await replicas.ask(verifyProjections.customers, { limit: 100 }, operator);
  expect(report.differences).toEqual([]);
  expect(report.checked).toBeGreaterThan(5);
});

it('serves no subject without validation', async () => {
  expect(await unvalidatedSubjects(replicas.apps[1]!, replicas.nats)).toEqual([]);
});
