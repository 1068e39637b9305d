import { AppError } from '@relevo/contracts';
import { ana, beto, CustomerStory } from '../../test/a-customer.js';
import { historyBetween, type ReadEntries } from './history.js';

const errorOf = (act: () => unknown): AppError => {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

const readingOf = (story: CustomerStory): ReadEntries => (after, limit) => Promise.resolve(story.entries.slice(after, after + limit));

describe('edits', () => {
  it('another field edited concurrently merges', () => {
    const story = CustomerStory.created({ city: 'Rosario', plan: 'free' });
    story.edits(ana, 1, { set: { city: 'Salta' } });
    story.edits(beto, 1, { set: { plan: 'pro' }, name: 'Lucía' });
    expect(story.now).toMatchObject({ name: 'Lucía', attributes: { city: { value: 'Salta', source: 'agent', by: 'ana' }, plan: { value: 'pro', by: 'beto' } } });
  });

  it('the same field answers CONFLICT with both values', () => {
    const story = CustomerStory.created({ city: 'Rosario', plan: 'free' });
    story.edits(ana, 1, { set: { city: 'Salta' }, name: 'Lucía' });
    const error = errorOf(() => story.edits(beto, 1, { set: { city: 'Jujuy', plan: 'pro' }, name: 'Lucho' }));
    expect(error).toMatchObject({
      code: 'CONFLICT',
      details: { version: 2, fields: [{ field: 'attributes.city', yours: 'Jujuy', theirs: 'Salta' }, { field: 'name', yours: 'Lucho', theirs: 'Lucía' }] },
    });
    expect(story.now.attributes.plan).toMatchObject({ value: 'free' });
    expect(story.edits(beto, 2, { set: { city: 'Jujuy' } })).not.toBeNull();
  });

  it('a field that was taken away meanwhile conflicts too, and one set to the same does not', () => {
    const story = CustomerStory.created({ city: 'Rosario' });
    story.edits(ana, 1, { unset: ['city'] });
    expect(errorOf(() => story.edits(beto, 1, { set: { city: 'Salta' } }))).toMatchObject({ code: 'CONFLICT', details: { fields: [{ theirs: null }] } });
    expect(story.edits(beto, 1, { unset: ['city'] })).toBeNull();
    story.edits(ana, 2, { set: { city: 'Salta' } });
    expect(story.edits(beto, 1, { set: { city: 'Salta' } })).toBeNull();
  });

  it('what a channel collected meanwhile conflicts like what an agent wrote; what an agent wrote, no channel overwrites', () => {
    const story = CustomerStory.created({ city: 'Rosario' });
    story.collects({ city: 'Salta' });
    expect(errorOf(() => story.edits(ana, 1, { set: { city: 'Jujuy' } })).code).toBe('CONFLICT');
    story.edits(ana, 2, { set: { city: 'Jujuy' } });
    expect(story.collects({ city: 'Rosario' })).toBeNull();
  });

  it('of a version that has not been yet are refused', () => {
    expect(errorOf(() => CustomerStory.created().edits(ana, 2, { name: 'x' }))).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'version' }] });
  });

  it('stay in the history, each with what it changed', async () => {
    const story = CustomerStory.created({ city: 'Rosario' });
    story.edits(ana, 1, { set: { city: 'Salta', vip: true } });
    story.edits(beto, 2, { unset: ['vip'], name: 'Lucía' });
    expect((await historyBetween(readingOf(story), 1, 3)).map(({ seq, actor, changes }) => ({ seq, by: actor.id, changes }))).toMatchObject([
      { seq: 1, by: 'api' },
      { seq: 2, by: 'ana', changes: [{ field: 'attributes.city', from: 'Rosario', to: 'Salta' }, { field: 'attributes.vip', from: null, to: true }] },
      { seq: 3, by: 'beto', changes: [{ field: 'name', from: '+541', to: 'Lucía' }, { field: 'attributes.vip', from: true, to: null }] },
    ]);
  });
});

describe('a history of any length', () => {
  it('is read a part at a time, and a page of it is what it is in the whole', async () => {
    const story = CustomerStory.created();
    for (let visit = 1; visit <= 1_000; visit += 1) story.collects({ page: `/${visit}`, ...(visit % 7 === 0 && { city: `ciudad ${visit}` }) });
    const sizes: number[] = [];
    const read: ReadEntries = async (after, limit) => {
      const entries = await readingOf(story)(after, limit);
      sizes.push(entries.length);
      return entries;
    };
    const page = await historyBetween(read, 690, 701);
    expect(page.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, index) => 690 + index));
    expect(page.at(-1)).toMatchObject({ seq: 701, changes: [{ field: 'attributes.page', from: '/699', to: '/700' }, { field: 'attributes.city', from: 'ciudad 693', to: 'ciudad 700' }] });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(701);
    expect(await historyBetween(read, 5_000, 5_000)).toEqual([]);
  });
});

describe('affinity', () => {
  it('agents take or drop their own, only admins change another’s', () => {
    const story = CustomerStory.created();
    expect(story.does({ type: 'take', by: ana, agentId: 'ana', isAdmin: false })).not.toBeNull();
    expect(story.does({ type: 'take', by: ana, agentId: 'ana', isAdmin: false })).toBeNull();
    expect(errorOf(() => story.does({ type: 'take', by: beto, agentId: 'beto', isAdmin: false })).code).toBe('FORBIDDEN');
    expect(errorOf(() => story.does({ type: 'drop', by: beto, isAdmin: false })).code).toBe('FORBIDDEN');
    expect(story.does({ type: 'take', by: beto, agentId: 'beto', isAdmin: true })).not.toBeNull();
    expect(story.does({ type: 'drop', by: beto, isAdmin: false })).not.toBeNull();
    expect(errorOf(() => story.does({ type: 'take', by: ana, agentId: 'beto', isAdmin: false })).code).toBe('FORBIDDEN');
  });
});

describe('a merge', () => {
  it('gives the target what it did not know, and all identities; where both know, the target is right', () => {
    const target = CustomerStory.created({ city: 'Rosario' });
    const source = CustomerStory.created({ city: 'Salta', plan: 'pro' }, '+542');
    source.edits(ana, 1, { name: 'Lucía' });
    target.does({ type: 'begin-merge', by: ana, sourceId: 's' });
    source.does({ type: 'merge-into', by: ana, intoId: 't' });
    target.does({ type: 'merge-from', by: ana, sourceId: 's', source: source.now });
    expect(target.now).toMatchObject({ name: 'Lucía', merging: null, attributes: { city: { value: 'Rosario' }, plan: { value: 'pro', source: 'api' } }, identities: [{ externalId: '+541' }, { externalId: '+542' }] });
    expect(source.now.mergedInto).toBe('t');
    expect(errorOf(() => source.edits(ana, 2, { name: 'x' }))).toMatchObject({ code: 'RULE_VIOLATED', details: { mergedIntoId: 't' } });
  });

  it('is refused by a source that is itself a target just then', () => {
    const one = CustomerStory.created();
    one.does({ type: 'begin-merge', by: ana, sourceId: 'two' });
    expect(errorOf(() => one.does({ type: 'merge-into', by: beto, intoId: 'two' })).code).toBe('RULE_VIOLATED');
    expect(errorOf(() => one.does({ type: 'begin-merge', by: beto, sourceId: 'three' })).code).toBe('RULE_VIOLATED');
    one.does({ type: 'give-up-merge', by: ana, sourceId: 'two' });
    expect(one.does({ type: 'merge-into', by: beto, intoId: 'two' })).not.toBeNull();
  });
});

it('a merge given up just before its commit is taken over all the same, once, and is in no other’s way', () => {
  const by = ana;
  const [source, target] = [CustomerStory.created({ plan: 'pro' }, '+1'), CustomerStory.created({}, '+2')];
  const takeOver = { type: 'merge-from', by, sourceId: 'source', source: source.now } as const;
  target.does({ type: 'begin-merge', by, sourceId: 'source' });
  target.does({ type: 'give-up-merge', by, sourceId: 'source' });
  target.does({ type: 'begin-merge', by, sourceId: 'another' });
  expect(target.does(takeOver)).toMatchObject({ type: 'customer-merged-from' });
  expect(target.now).toMatchObject({ merging: 'another', attributes: { plan: { value: 'pro' } } });
  expect(target.now.identities).toHaveLength(2);
  expect(target.does(takeOver)).toBeNull();
});
