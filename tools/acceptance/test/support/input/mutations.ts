import type { Fields } from '../answer.js';
import type { Field, Kind } from './fields.js';

/** A good body with one thing wrong. */
export interface Mutation {
  readonly name: string;
  readonly body: Fields;
  /** The field that the answer must name. */
  readonly path: string;
}

/** Over every limit of a text, and not yet over that of a URL. */
const long = 'x'.repeat(5_000);
/** JSON.parse makes own properties of these names, which a literal would not. */
const parsed = (json: string): Fields => JSON.parse(json) as Fields;

const operators: readonly unknown[] = [{ $ne: null }, { $gt: '' }, { $where: 'true' }, [{ $ne: null }]];

const wrongFor: Readonly<Record<Kind, readonly unknown[]>> = {
  text: [7, true, ['x'], {}, long, '\ud800', 'x\udc00'],
  number: ['x', '', '1e1', true, [1], {}, 1.5, -1, 2 ** 53],
  boolean: ['yes', 1, [], {}, [true]],
  list: ['x', 7, true, {}, { length: 1, 0: 'x' }, [7], [null], [['x']], ['x y'], [long]],
  object: ['x', 7, true, [], ['x']],
};

/** Where a good text has one of a few forms. */
const offPattern: readonly unknown[] = ['', ' ', 'a\u0000b', '*', '>', '$ne', '../x', 'x\n', 'nonsense of no kind'];

function valuesFor(field: Field): unknown[] {
  const { kind, nullable, pattern, maxSize } = field;
  return [
    ...wrongFor[kind],
    ...operators,
    ...(nullable ? [] : [null]),
    ...(kind === 'text' && pattern ? offPattern : []),
    ...(kind === 'list' ? [Array(maxSize + 1).fill('x')] : []),
    parsed('{"__proto__":{"role":"admin"}}'),
    parsed('{"constructor":{"prototype":{}}}'),
  ];
}

/** Sets what is at a dotted path, in a copy; undefined takes it out. */
export function withAt(body: Fields, path: string, value: unknown): Fields {
  const [name = '', ...rest] = path.split('.');
  const inner = rest.length > 0 ? withAt((body[name] ?? {}) as Fields, rest.join('.'), value) : value;
  const { [name]: _, ...others } = body;
  return inner === undefined ? others : { ...others, [name]: inner };
}

/** What is at a dotted path; nothing where the body says nothing. */
const fieldsAt = (body: Fields, path: string): Fields => (path === '' ? body : path.split('.').reduce<Fields>((inner, name) => (inner[name] ?? {}) as Fields, body));

const shown = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 50)}… (${text.length})` : text;
};

export const wrongValues = (field: Field, base: Fields): Mutation[] => [
  ...(field.required ? [{ name: `${field.path} missing`, body: withAt(base, field.path, undefined), path: field.path }] : []),
  ...valuesFor(field).map((value) => ({ name: `${field.path}: ${shown(value)}`, body: withAt(base, field.path, value), path: field.path })),
  ...(field.fields.length > 0 ? strangers(base, field.path) : []),
  ...field.fields.flatMap((inner) => wrongValues(inner, base)),
];

/** Fields that no request has, at a place of the body. */
export function strangers(base: Fields, at = ''): Mutation[] {
  const inner = fieldsAt(base, at);
  const add = (more: Fields): Fields => (at === '' ? { ...inner, ...more } : withAt(base, at, { ...inner, ...more }));
  const path = (name: string): string => (at === '' ? name : `${at}.${name}`);
  const named = (name: string, value: unknown): Mutation => ({ name: `unknown ${path(name)}`, body: add({ [name]: value }), path: path(name) });
  return [
    named('workspaceId', 'another'),
    named('isAdmin', true),
    named('$where', 'true'),
    named('a.b', 1),
    named('a\u0000b', 1),
    { name: `unknown ${path('__proto__')}`, body: add(parsed('{"__proto__":{"role":"admin"}}')), path: path('__proto__') },
    { name: `unknown ${path('constructor')}`, body: add(parsed('{"constructor":{"prototype":{"x":1}}}')), path: path('constructor') },
    { name: `unknown ${path('prototype')}`, body: add({ prototype: {} }), path: path('prototype') },
  ];
}

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** Bodies whose mere size or depth is wrong. */
export const bulky = (base: Fields): Mutation[] => [
  { name: '100 levels', body: { ...base, deep: parsed(nested(100)) }, path: 'deep' },
  { name: '5,000 fields', body: { ...base, ...Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`x${index}`, 1])) }, path: '' },
  { name: '5,000 elements', body: { ...base, many: Array(5_000).fill(1) }, path: '' },
];

/** Not even an object. */
export const shapeless: readonly unknown[] = [[], [{}], 'text', 7, true, ''];
