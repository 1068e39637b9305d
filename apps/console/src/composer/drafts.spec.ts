import { Drafts, emptyDraft } from './drafts';

function area(full = false) {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new Error('QuotaExceededError');
      values.set(key, value);
    },
    removeItem: (key: string) => void values.delete(key),
  };
}

it('are kept for each agent and conversation, messages and notes apart', () => {
  const store = area();
  const drafts = new Drafts(store, 'ana');
  const draft = { mode: 'note', message: 'hola', note: 'ojo @Beto', mentions: [{ id: 'b', name: 'Beto' }] } as const;
  drafts.set('a', draft);
  expect(new Drafts(store, 'ana').get('a')).toEqual(draft);
  expect(drafts.get('b')).toEqual(emptyDraft);
  expect(new Drafts(store, 'beto').get('a')).toEqual(emptyDraft);
});

it('leave nothing behind once they are empty', () => {
  const store = area();
  const drafts = new Drafts(store, 'ana');
  drafts.set('a', { ...emptyDraft, message: 'hola' });
  drafts.set('a', emptyDraft);
  expect(store.values.size).toBe(0);
});

it.each(['{', 'null', '[]', '{"mode":"x","message":1,"mentions":[{"id":1}]}'])('of %s are empty', (text) => {
  const store = area();
  store.values.set('relevo.draft.ana.a', text);
  expect(new Drafts(store, 'ana').get('a')).toEqual(emptyDraft);
});

it('do without a storage that is full', () => {
  expect(() => new Drafts(area(true), 'ana').set('a', { ...emptyDraft, message: 'x' })).not.toThrow();
});
