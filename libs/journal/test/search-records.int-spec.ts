import { type Place, SearchRecords } from '../src/index.js';
import { Replicas, type Replica } from './replicas.js';

let replicas: Replicas;
let replica: Replica;
let records: SearchRecords;

beforeAll(async () => {
  replicas = await Replicas.start();
  replica = await replicas.another();
  records = new SearchRecords(replica.connection, 'words');
  await records.create();
});

afterAll(() => replicas?.stop());

const place = (order: number): Place => ({ order, id: `t${order}` });
const orders = (found: readonly { order: number; isHit: boolean }[]): number[] => found.flatMap(({ order, isHit }) => (isHit ? [order] : []));

const explained = async (query: { explain(verbosity: 'executionStats'): Promise<unknown> }): Promise<number> =>
  ((await query.explain('executionStats')) as { executionStats: { totalKeysExamined: number } }).executionStats.totalKeysExamined;

it('finds what has all words, in order, of one workspace', async () => {
  await Promise.all(Array.from({ length: 60 }, (_, order) => records.record('sur', place(order), [...(order % 2 ? ['par'] : []), ...(order % 3 ? [] : ['tres']), 'todo'])));
  await records.record('norte', place(3), ['par', 'tres', 'todo']);
  expect(orders(await records.having('sur', ['todo', 'par', 'tres'])(null, 100))).toEqual([3, 9, 15, 21, 27, 33, 39, 45, 51, 57]);
  expect(orders(await records.having('sur', ['tres'])(place(30), 2))).toEqual([33, 36]);
  expect(await records.having('sur', ['tres', 'nada'])(null, 10)).toEqual([]);
  expect(orders(await records.having('norte', ['todo'])(null, 10))).toEqual([3]);
});

it('takes a word for itself alone, not for the beginning of another', async () => {
  await records.record('sur', place(1), ['mar', 'marea', 'mar日', '日']);
  await records.record('sur', place(2), ['marea', 'mar日']);
  expect(orders(await records.having('sur', ['mar'])(null, 10))).toEqual([1]);
  expect(orders(await records.having('sur', ['mar日'])(null, 10))).toEqual([1, 2]);
});

it('tells of each word the entry that brought it first, where it was told one', async () => {
  await Promise.all([records.record('donde', place(1), ['hola', 'caja'], 2), records.record('donde', place(1), ['hola', 'azul'], 3)]);
  await records.record('donde', place(1), ['caja'], 9);
  await records.record('donde', place(1), ['marca']);
  const [hit] = await records.having('donde', ['azul', 'hola', 'caja', 'marca'])(null, 10);
  expect(hit).toEqual({ ...place(1), isHit: true, seqs: new Map([['azul', 3], ['hola', 2], ['caja', 2]]) });
});

it('goes by the rarest word, wherever the search goes on', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, order) => records.record('raro', place(order), ['hola', ...(order === 35 ? ['unico'] : [])])));
  expect(await records.having('raro', ['hola', 'unico'])(null, 10)).toEqual([{ ...place(35), isHit: true, seqs: new Map() }]);
  expect(await records.having('raro', ['hola', 'unico'])(place(35), 10)).toEqual([]);
});

it('is written any number of times, by any number of replicas at once', async () => {
  const others = Array.from({ length: 4 }, () => new SearchRecords(replica.connection, 'words'));
  const words = Array.from({ length: 50 }, (_, index) => `w${index}`);
  await Promise.all([records, ...others, records, ...others].map((each) => each.record('veces', place(1), words)));
  for (const word of ['w0', 'w49']) expect(orders(await records.having('veces', [word])(null, 10))).toEqual([1]);
});

it('remembers nothing that was not written', async () => {
  const collection = replica.connection.collection('words');
  const insert = jest.spyOn(collection, 'insertMany').mockRejectedValue(new Error('away'));
  const fresh = new SearchRecords({ collection: () => collection } as never, 'words');
  await expect(Promise.all([fresh.record('falla', place(1), ['a']), fresh.record('falla', place(1), ['b'])])).rejects.toThrow('away');
  insert.mockRestore();
  await fresh.record('falla', place(1), ['a', 'b']);
  expect(orders(await records.having('falla', ['a', 'b'])(null, 10))).toEqual([1]);
});

it('is read from the index, a key for each that is answered', async () => {
  await Promise.all(Array.from({ length: 300 }, (_, order) => records.record('plan', place(order), ['hola'])));
  expect(await explained(records.placesQuery('plan|hola|', place(150), 26))).toBeLessThanOrEqual(27);
  expect(await explained(records.presentQuery(Array.from({ length: 26 }, (_, order) => `plan|hola|${String(order).padStart(15, '0')}|t${order}`)))).toBeLessThanOrEqual(27);
});
