import { deserialize, type Document } from 'bson';

/** What MongoDB tells of a violated unique index; clients branch on the code and `keyPattern`, people read the text. */
export interface DuplicateKey {
  readonly keyPattern: Document;
  readonly keyValue: Document;
  readonly errmsg: string;
}

export interface Index {
  readonly name: string;
  readonly key: Document;
}

export const idIndex: Index = { name: '_id_', key: { _id: 1 } };

export function duplicateKey(namespace: string, index: Index, written: Document | undefined): DuplicateKey {
  const keyValue = Object.fromEntries(Object.keys(index.key).map((path) => [path, valueAt(written, path) ?? null]));
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${JSON.stringify(value)}`);
  return {
    keyPattern: index.key,
    keyValue,
    errmsg: `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: { ${shown.join(', ')} }`,
  };
}

/** A path may stand as it is, as in a filter, or be nested, as in a document. */
function valueAt(document: Document | undefined, path: string): unknown {
  if (document === undefined) return undefined;
  if (path in document) return document[path];
  let value: unknown = document;
  for (const field of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[field];
  }
  return value;
}

/** What an update would have written, as far as it can be told without running it: equalities of the filter and set fields. */
export function writtenBy(filter: unknown, update: unknown): Document {
  const written: Document = {};
  for (const [path, condition] of entriesOf(filter)) if (!path.startsWith('$') && !hasOperators(condition)) written[path] = condition;
  for (const [name, fields] of entriesOf(update)) {
    if (name === '$set' || name === '$setOnInsert') Object.assign(written, fields);
    else if (!name.startsWith('$')) written[name] = fields;
  }
  return written;
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

const hasOperators = (condition: unknown): boolean =>
  typeof condition === 'object' && condition !== null && Object.keys(condition).some((key) => key.startsWith('$'));

/** PostgreSQL's own report quotes the document that was to be written: `Key (document, …)=(BSONHEX…, …) conflicts …`. */
export function writtenInDetail(detail: string): Document | undefined {
  const whole = /^Key \(document,.*?\)=\(BSONHEX([0-9a-f]+)/s.exec(detail)?.[1];
  if (whole !== undefined) return deserialize(Buffer.from(whole, 'hex'));
  const id = /^Key \(shard_key_value, object_id\)=\([^,]+, BSONHEX([0-9a-f]+)\)/.exec(detail)?.[1];
  // The engine wraps an _id in a document whose only field has no name.
  return id === undefined ? undefined : { _id: (deserialize(Buffer.from(id, 'hex')) as Record<string, unknown>)[''] };
}
