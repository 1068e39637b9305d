import { neighbourOf, shortcutNames, shortcutOf, shortcuts } from './shortcuts';

const bare = { ctrlKey: false, metaKey: false, altKey: false, repeat: false };

it('each has a key of its own', () => expect(new Set(shortcutNames.map((name) => shortcuts[name])).size).toBe(shortcutNames.length));

it.each([
  ['t', 'claim'],
  ['T', 'claim'],
  ['?', 'sheet'],
  ['/', 'search'],
  ['x', null],
  ['Enter', null],
])('%s asks for %s', (key, name) => expect(shortcutOf({ ...bare, key })).toBe(name));

it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('with %s a key is the browser’s', (modifier) => expect(shortcutOf({ ...bare, key: 'c', [modifier]: true })).toBeNull());

it('a key that is held down goes on through the list, and does nothing else again', () => {
  expect([shortcutOf({ ...bare, key: 'j', repeat: true }), shortcutOf({ ...bare, key: 'c', repeat: true })]).toEqual(['next', null]);
});

it.each([
  ['b', 1, 'c'],
  ['b', -1, 'a'],
  ['c', 1, 'a'],
  ['a', -1, 'c'],
  [null, 1, 'a'],
  ['elsewhere', -1, 'a'],
] as const)('from %s by %d one comes to %s', (openId, step, id) => expect(neighbourOf(['a', 'b', 'c'], openId, step)).toBe(id));

it('in an empty list one goes nowhere', () => expect(neighbourOf([], null, 1)).toBeNull());
