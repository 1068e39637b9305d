import {
  type AgentActor,
  blockCustomer,
  type ChannelActor,
  checkSender,
  type CustomerView,
  defineAttribute,
  getCustomer,
  getCustomerHistory,
  identifyCustomer,
  mergeCustomer,
  resumeMerges,
  revertCustomer,
  takeCustomer,
  unblockCustomer,
  updateCustomer,
  verifyProjections,
} from '@relevo/contracts';
import { naturalKey } from '@relevo/journal';
import { newId } from '@relevo/platform';
import { eventually, type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { CustomerJournal } from '../src/customers/customer.journal.js';

const channel: ChannelActor = { kind: 'channel', workspaceId: 'sur', id: 'api' };
const agent = (id: string, more: Partial<AgentActor> = {}): AgentActor => ({ kind: 'agent', workspaceId: 'sur', id, name: id, role: 'agent', teamIds: [], ...more });
const [ana, beto, boss, admin] = [agent('ana'), agent('beto'), agent('boss', { role: 'supervisor' }), agent('admin', { role: 'admin' })];
const stranger = agent('eva', { workspaceId: 'norte', role: 'admin' });
const operator = { kind: 'system', id: 'cli' } as const;

let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas({ service: 'customers', compose, env: { MERGE_GRACE_MS: '0' } });
});

afterAll(() => replicas?.stop());

let count = 0;
const externalIdOf = (): string => `+54977${++count}`;
const aCustomer = async (attributes: Record<string, string> = {}, externalId = externalIdOf()): Promise<CustomerView> => {
  const { id } = await replicas.ask(identifyCustomer, { channelId: 'api', externalId, attributes }, channel);
  return replicas.ask(getCustomer, { customerId: id }, ana);
};
const key = () => ({ commandId: newId() });
const settled = (results: readonly PromiseSettledResult<unknown>[]) => results.map((result) => (result.status === 'fulfilled' ? 'ok' : (result.reason as { code: string }).code)).sort();

describe('editing', () => {
  it('keeps both of two different fields edited at once, ten times over two replicas', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id, version } = await aCustomer();
      await Promise.all([
        replicas.ask(updateCustomer, { customerId: id, set: { city: 'Salta' }, version, ...key() }, ana),
        replicas.ask(updateCustomer, { customerId: id, set: { plan: 'pro' }, version, ...key() }, beto),
      ]);
      expect((await replicas.ask(getCustomer, { customerId: id }, ana)).attributes).toMatchObject({ city: { value: 'Salta', by: 'ana' }, plan: { value: 'pro', by: 'beto' } });
    }
  });

  it('lets one of twenty edits of the same field win, and shows the others both values', async () => {
    const { id, version } = await aCustomer({ city: 'Rosario' });
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => replicas.ask(updateCustomer, { customerId: id, set: { city: `Ciudad ${index}` }, version, ...key() }, ana)));
    expect(settled(results)).toEqual([...Array<string>(19).fill('CONFLICT'), 'ok']);
    const { attributes } = await replicas.ask(getCustomer, { customerId: id }, ana);
    for (const [index, result] of results.entries()) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ details: { fields: [{ field: 'attributes.city', yours: `Ciudad ${index}`, theirs: attributes.city!.value }] } });
    }
  });

  it('repeated with its commandId changes nothing more', async () => {
    const { id, version } = await aCustomer();
    const command = { customerId: id, name: 'Lucía', version, ...key() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => replicas.ask(updateCustomer, command, ana)));
    expect(answers.every(({ version: now, name }) => now === version + 1 && name === 'Lucía')).toBe(true);
    await expect(replicas.ask(updateCustomer, { ...command, name: 'Otra' }, ana)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('keeps to the definitions of the workspace', async () => {
    await replicas.ask(defineAttribute, { key: 'birthday', label: 'Cumpleaños', type: 'date', ...key() }, admin);
    await replicas.ask(defineAttribute, { key: 'tier', label: 'Nivel', type: 'list', options: ['oro', 'plata'], readOnly: true, ...key() }, admin);
    const { id: customerId, version } = await aCustomer();
    const edit = (set: Record<string, string | number>) => replicas.ask(updateCustomer, { customerId, set, version, ...key() }, ana);
    await expect(edit({ birthday: 'ayer' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'set.birthday' }] });
    await expect(edit({ tier: 'oro' })).rejects.toMatchObject({ code: 'RULE_VIOLATED', errors: [{ path: 'set.tier' }] });
    await expect(edit({ birthday: '1990-05-17' })).resolves.toMatchObject({ attributes: { birthday: { value: '1990-05-17' } } });
    await expect(replicas.ask(updateCustomer, { customerId, set: { birthday: '1990-05-18' }, unset: ['birthday'], version, ...key() }, ana)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('stays in the history, newest first, and each edit can be taken back unless somebody changed the same again', async () => {
    const { id: customerId } = await aCustomer({ city: 'Rosario' });
    await replicas.ask(updateCustomer, { customerId, set: { city: 'Salta', plan: 'pro' }, version: 1, ...key() }, ana);
    await replicas.ask(updateCustomer, { customerId, name: 'Lucía', version: 2, ...key() }, beto);
    const { items, nextCursor } = await replicas.ask(getCustomerHistory, { customerId, limit: 2 }, ana);
    expect(items.map(({ seq }) => seq)).toEqual([3, 2]);
    expect(await replicas.ask(getCustomerHistory, { customerId, cursor: nextCursor! }, ana)).toMatchObject({ items: [{ seq: 1 }], nextCursor: null });
    for (const cursor of ['0', '4', '-1', '1e0', 'x', '99999999999']) await expect(replicas.ask(getCustomerHistory, { customerId, cursor }, ana)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    const back = await replicas.ask(revertCustomer, { customerId, seq: 2, ...key() }, beto);
    expect(back).toMatchObject({ name: 'Lucía', attributes: { city: { value: 'Rosario', source: 'agent', by: 'beto' } } });
    expect(back.attributes).not.toHaveProperty('plan');
    await expect(replicas.ask(revertCustomer, { customerId, seq: 1, ...key() }, ana)).rejects.toMatchObject({ code: 'RULE_VIOLATED' });
    await expect(replicas.ask(revertCustomer, { customerId, seq: 99, ...key() }, ana)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await replicas.ask(updateCustomer, { customerId, name: 'Lu', version: 4, ...key() }, ana);
    await expect(replicas.ask(revertCustomer, { customerId, seq: 3, ...key() }, ana)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is of one’s own workspace', async () => {
    const { id: customerId, version } = await aCustomer();
    const attempts = [
      replicas.ask(updateCustomer, { customerId, name: 'x', version, ...key() }, stranger),
      replicas.ask(getCustomerHistory, { customerId }, stranger),
      replicas.ask(blockCustomer, { customerId, ...key() }, stranger),
      replicas.ask(takeCustomer, { customerId, ...key() }, stranger),
      replicas.ask(mergeCustomer, { customerId, intoId: customerId, ...key() }, stranger),
    ];
    expect(settled(await Promise.allSettled(attempts))).toEqual(Array(5).fill('NOT_FOUND'));
  });
});

describe('a blocked customer', () => {
  it('reaches nobody until a supervisor lets them', async () => {
    const externalId = externalIdOf();
    const { id: customerId } = await aCustomer({}, externalId);
    await expect(replicas.ask(blockCustomer, { customerId, ...key() }, ana)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await replicas.ask(blockCustomer, { customerId, ...key() }, boss)).toMatchObject({ blocked: true });
    await expect(aCustomer({}, externalId)).rejects.toMatchObject({ code: 'RULE_VIOLATED' });
    await replicas.ask(unblockCustomer, { customerId, ...key() }, boss);
    expect(await aCustomer({}, externalId)).toMatchObject({ id: customerId, blocked: false });
  });

  it('is told so before a message too, by whoever they turned out to be; of who never wrote nobody is made', async () => {
    const [externalId, other, unknown] = [externalIdOf(), externalIdOf(), externalIdOf()];
    const check = (whom: string, channelId = 'api') => replicas.ask(checkSender, { channelId, externalId: whom }, channel);
    const [{ id: customerId }, { id: intoId }] = [await aCustomer({}, externalId), await aCustomer({}, other)];
    for (const whom of [externalId, other, unknown]) expect(await check(whom)).toEqual({});
    await replicas.ask(mergeCustomer, { customerId, intoId, ...key() }, ana);
    await replicas.ask(blockCustomer, { customerId: intoId, ...key() }, boss);
    const refusal = await aCustomer({}, externalId).catch((error: unknown) => error);
    for (const whom of [externalId, other]) await expect(check(whom)).rejects.toEqual(refusal);
    await expect(check(externalId, 'web')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await replicas.database.collection('customer_projection').countDocuments({ 'identities.externalId': unknown })).toBe(0);
  });
});

describe('merging', () => {
  /** How many merges were ended until none was left. More than one look: a replica's clock may be behind that of the one that began it. */
  async function nothingHangs(): Promise<number> {
    let ended = 0;
    await eventually(async () => {
      ended += (await replicas.ask(resumeMerges, {}, operator)).resumed;
      expect(await replicas.apps[0]!.get(CustomerJournal).inMerge(new Date(Date.now() + 60_000), 10)).toEqual([]);
    });
    return ended;
  }

  it('makes one of two: under both ids and both identities there is the one', async () => {
    const [one, two] = [externalIdOf(), externalIdOf()];
    const source = await aCustomer({ plan: 'pro' }, one);
    const target = await aCustomer({ city: 'Salta' }, two);
    const command = { customerId: source.id, intoId: target.id, ...key() };
    const merged = await replicas.ask(mergeCustomer, command, ana);
    expect(merged).toMatchObject({ id: target.id, attributes: { plan: { value: 'pro' }, city: { value: 'Salta' } } });
    expect(merged.identities).toHaveLength(2);
    expect(await replicas.ask(mergeCustomer, command, ana)).toEqual(merged);
    expect(await replicas.ask(getCustomer, { customerId: source.id }, beto)).toEqual(merged);
    expect((await aCustomer({}, one)).id).toBe(target.id);
    await expect(replicas.ask(mergeCustomer, { customerId: target.id, intoId: target.id, ...key() }, ana)).rejects.toMatchObject({ code: 'RULE_VIOLATED' });
  });

  it('raced in both directions ends in one of the two or in none, and nothing hangs', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [await aCustomer(), await aCustomer()];
      await Promise.allSettled([
        replicas.ask(mergeCustomer, { customerId: a.id, intoId: b.id, ...key() }, ana),
        replicas.ask(mergeCustomer, { customerId: b.id, intoId: a.id, ...key() }, beto),
      ]);
      await nothingHangs();
      const [nowA, nowB] = await Promise.all([a, b].map(({ id }) => replicas.ask(getCustomer, { customerId: id }, ana)));
      if (nowA!.id === nowB!.id) expect(nowA!.identities).toHaveLength(2);
      else expect([nowA!.id, nowB!.id]).toEqual([a.id, b.id]);
    }
  });

  it('looked for while it is at work, it loses nothing: whoever was given up too early takes over all the same', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [source, target] = [await aCustomer({ plan: 'pro' }), await aCustomer()];
      await Promise.all([replicas.ask(mergeCustomer, { customerId: source.id, intoId: target.id, ...key() }, ana), ...Array.from({ length: 6 }, () => replicas.ask(resumeMerges, {}, operator))]);
      const merged = await replicas.ask(getCustomer, { customerId: source.id }, ana);
      expect(merged).toMatchObject({ id: target.id, attributes: { plan: { value: 'pro' } } });
      expect(merged.identities).toHaveLength(2);
    }
  });

  it('that cannot be ended keeps no other from it', async () => {
    const journal = replicas.apps[0]!.get(CustomerJournal);
    const by = { kind: 'agent', id: 'ana', name: 'Ana' } as const;
    const step = (aggregateId: string, command: Parameters<typeof journal.append>[0]['command']) => journal.append({ workspaceId: 'sur', aggregateId, command, ...naturalKey(newId()) });
    const pairs = await Promise.all([1, 2, 3].map(async () => ({ source: await aCustomer(), target: await aCustomer() })));
    for (const { source, target } of pairs) await step(target.id, { type: 'begin-merge', by, sourceId: source.id });
    const hanging = await journal.inMerge(new Date(Date.now() + 60_000), 10);
    // The first that is found names somebody who is not there.
    const projections = replicas.database.collection<{ _id: string }>('customer_projection');
    const [broken] = hanging;
    await projections.updateOne({ _id: broken!.id }, { $set: { merging: 'nobody' } });
    expect(await replicas.ask(resumeMerges, {}, operator)).toEqual({ resumed: 2 });
    expect((await journal.inMerge(new Date(Date.now() + 60_000), 10)).map(({ id }) => id)).toEqual([broken!.id]);
    await projections.updateOne({ _id: broken!.id }, { $set: { merging: broken!.sourceId } });
    expect(await nothingHangs()).toBe(1);
  });

  it('left half done by a crash is finished where it was committed, and given up where it was not', async () => {
    const journal = replicas.apps[0]!.get(CustomerJournal);
    const by = { kind: 'agent', id: 'ana', name: 'Ana' } as const;
    const step = (aggregateId: string, command: Parameters<typeof journal.append>[0]['command']) => journal.append({ workspaceId: 'sur', aggregateId, command, ...naturalKey(newId()) });
    const [begun, committed] = [{ source: await aCustomer(), target: await aCustomer() }, { source: await aCustomer({ plan: 'pro' }), target: await aCustomer() }];
    await step(begun.target.id, { type: 'begin-merge', by, sourceId: begun.source.id });
    await step(committed.target.id, { type: 'begin-merge', by, sourceId: committed.source.id });
    await step(committed.source.id, { type: 'merge-into', by, intoId: committed.target.id });
    expect(await nothingHangs()).toBe(2);
    expect(await replicas.ask(getCustomer, { customerId: begun.source.id }, ana)).toMatchObject({ id: begun.source.id });
    expect(await replicas.ask(getCustomer, { customerId: committed.source.id }, ana)).toMatchObject({ id: committed.target.id, attributes: { plan: { value: 'pro' } } });
    expect(await replicas.ask(resumeMerges, {}, operator)).toEqual({ resumed: 0 });
  });
});

describe('one of many at once', () => {
  it('is refused when its turn has not come while its caller waits, and not done', async () => {
    const hasty = await replicas.another({ REQUEST_TIMEOUT_MS: '5000' });
    const journal = hasty.get(CustomerJournal);
    const { id, version } = await aCustomer();
    const by = { kind: 'agent', id: 'ana', name: 'Ana' } as const;
    const change = (type: 'block' | 'unblock') => journal.append({ workspaceId: 'sur', aggregateId: id, command: { type, by }, ...naturalKey(newId()) });
    await change('block');
    // More than any machine does in that time, one after the other.
    const asked = Array.from({ length: 10_000 }, (_, index) => change(index % 2 === 0 ? 'unblock' : 'block'));
    const results = await Promise.allSettled(asked);
    const done = results.filter(({ status }) => status === 'fulfilled').length;
    expect(done).toBeGreaterThan(0);
    expect(new Set(settled(results.slice(done)))).toEqual(new Set(['TIMEOUT']));
    expect((await replicas.ask(getCustomer, { customerId: id }, ana)).version).toBe(version + 1 + done);
    await replicas.close(hasty);
  });
});

it('finds every projection equal to its history', async () => {
  const report = await replicas.ask(verifyProjections.customers, { limit: 100 }, operator);
  expect(report.differences).toEqual([]);
  expect(report.checked).toBeGreaterThan(20);
});
