import type { Fields, Outcome } from '../answer.js';
import { bounded } from '../bounded.js';
import { type Field, fieldsOf } from './fields.js';
import { bulky, type Mutation, shapeless, strangers, wrongValues } from './mutations.js';
import type { Target } from './targets.js';

export interface Attempt {
  readonly name: string;
  readonly code: string;
  /** The field that must be named; undefined when none can be. */
  readonly path?: string;
  readonly send: () => Promise<Outcome>;
}

const tooLarge = 'PAYLOAD_TOO_LARGE';

const isTooLarge = ({ bodyLimit = Infinity }: Target, body: string | Uint8Array): boolean => Buffer.byteLength(body) > bodyLimit;

const invalid = (target: Target, { name, body, path }: Mutation): Attempt =>
  isTooLarge(target, JSON.stringify(body)) ? { name, code: tooLarge, send: () => target.send(body) } : { name, code: 'VALIDATION_FAILED', path, send: () => target.send(body) };

/** In a body all values can be sent; in a path or query only texts. */
function mutationsOf(target: Target): Mutation[] {
  const { base, inPath, inQuery, makesCommandId } = target;
  const ofField = (field: Field): Mutation[] => wrongValues(field, base).filter(({ body }) => {
    const value = body[field.path];
    if (value === undefined) return !inPath.includes(field.path) && !(makesCommandId && field.path === 'commandId');
    if (!inPath.includes(field.path) && !inQuery) return true;
    // An empty part of a path is another path, and a lone surrogate has no place in a URL.
    return typeof value === 'string' && value !== '' && value.isWellFormed();
  });
  const fields = fieldsOf(target.request).flatMap(ofField);
  return inQuery ? fields : [...fields, ...strangers(base), ...bulky(base)];
}

/** Ways to spoil a query that a body has not. */
function queries({ sendRaw, request }: Target): Attempt[] {
  const names = fieldsOf(request).map(({ path }) => path);
  const spoilt: [string, string][] = [
    ['?unknown=1', 'unknown'],
    ['?__proto__=1', '__proto__'],
    ['?constructor=1', 'constructor'],
    ['?a[$gt]=', 'a[$gt]'],
    ['?__proto__[role]=admin', '__proto__[role]'],
    ...names.flatMap((name): [string, string][] => [
      [`?${name}[$ne]=`, `${name}[$ne]`],
      [`?${name}[]=1`, `${name}[]`],
      [`?${name}=1&${name}=2`, name],
    ]),
  ];
  return spoilt.map(([query, path]) => ({ name: query, code: 'VALIDATION_FAILED', path, send: () => sendRaw!(undefined, undefined, query) }));
}

/** Ways to spoil a body on the wire. */
function bodies(target: Target): Attempt[] {
  const { sendRaw, base } = target;
  const send = (name: string, code: string, body: string | Uint8Array<ArrayBuffer>, path?: string, headers?: Record<string, string>): Attempt => ({
    name,
    ...(isTooLarge(target, body) ? { code: tooLarge } : { code, ...(path !== undefined && { path }) }),
    send: () => sendRaw!(body, headers),
  });
  const good = JSON.stringify(base);
  return [
    ...shapeless.map((body) => send(`the body ${JSON.stringify(body)}`, 'VALIDATION_FAILED', JSON.stringify(body), '')),
    ...['{"a":', '{a:1}', "{'a':1}", 'undefined', '{"a":1}{"b":2}', '{"a":NaN}', '\u0000'].map((text) => send(`the text ${JSON.stringify(text)}`, 'VALIDATION_FAILED', text, '')),
    send('100,000 levels', 'VALIDATION_FAILED', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'a.a.a.a.a.a.a.a'),
    send('100,000 open brackets', 'VALIDATION_FAILED', '['.repeat(100_000), ''),
  ].concat(target.isSigned ? [] : [
    send('bytes that are not UTF-8', 'VALIDATION_FAILED', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), ''),
    ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', ''].map((type) =>
      send(`of type "${type}"`, 'UNSUPPORTED_MEDIA', good, undefined, { 'content-type': type }),
    ),
  ], [
    send('compressed', 'UNSUPPORTED_MEDIA', good, undefined, { 'content-encoding': 'gzip' }),
    send('over the limit', tooLarge, JSON.stringify({ ...base, filler: 'x'.repeat(1_100_000) })),
  ]);
}

export function attemptsOn(target: Target): Attempt[] {
  const all = mutationsOf(target).map((mutation) => invalid(target, mutation));
  if (!target.sendRaw) return [...all, ...shapeless.map((body) => ({ name: `the body ${JSON.stringify(body)}`, code: 'VALIDATION_FAILED', path: '', send: () => target.send(body) }))];
  if (target.inQuery) return [...all, ...queries(target)];
  const query: Attempt = { name: 'with a query', code: 'VALIDATION_FAILED', path: 'x', send: () => target.sendRaw!(JSON.stringify(target.base), undefined, '?x=1') };
  return [...all, ...bodies(target), query];
}

const names = ({ errors }: Fields, path: string): boolean =>
  Array.isArray(errors) && (errors as { path: string }[]).some((error) => error.path === path || error.path.startsWith(`${path}.`));

/** One readable line for each attempt that was not refused as it should be. */
export async function wronglyAnswered(target: Target): Promise<string[]> {
  const lines = await bounded(attemptsOn(target), async ({ name, code, path, send }) => {
    const outcome = await send();
    if (outcome.code !== code) return [`${name} | expected ${code} | got ${outcome.code}`];
    if (path !== undefined && !names(outcome.body, path)) return [`${name} | expected "${path}" to be named | got ${JSON.stringify(outcome.body.errors)}`];
    return [];
  });
  return lines.flat();
}
