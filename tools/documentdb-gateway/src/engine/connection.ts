import type { PoolClient } from 'pg';

import { EngineGone, toEngineFailure } from './engine-error.js';

export type SqlValue = string | number | boolean | Buffer | null;
export type Row = readonly (string | boolean | null)[];

/** A statement that is parsed once per connection and known by its name from then on. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

let statements = 0;
export const statement = (text: string): Statement => ({ name: `s${++statements}`, text });

const hexPrefix = 'BSONHEX';

/** `pg` reads every column as text, so a document arrives as `BSONHEX` and its bytes in hexadecimal. */
export function toDocument(column: string | boolean | null | undefined): Buffer {
  if (typeof column !== 'string' || !column.startsWith(hexPrefix)) throw new TypeError('The column holds no document');
  return Buffer.from(column.slice(hexPrefix.length), 'hex');
}

/** One of the pool's connections, for as long as it is held. */
export class EngineConnection {
  private broken = false;

  constructor(
    private readonly client: PoolClient,
    private readonly onGone: () => void,
  ) {}

  /** Rows as arrays in the order of the columns. */
  async query(prepared: Statement, values: SqlValue[]): Promise<Row[]> {
    try {
      const result = await this.client.query<(string | boolean | null)[]>({ ...prepared, values, rowMode: 'array' });
      return result.rows;
    } catch (error) {
      throw this.failed(error);
    }
  }

  /** Several statements in one round trip, without values; answers the last one's command, such as `COMMIT`. */
  async execute(sql: string): Promise<string> {
    try {
      const result: unknown = await this.client.query(sql);
      const last: unknown = Array.isArray(result) ? result.at(-1) : result;
      return (last as { command: string }).command;
    } catch (error) {
      throw this.failed(error);
    }
  }

  /** Back to the pool; a connection that broke is not used again. */
  release(): void {
    this.client.release(this.broken);
  }

  /** Not to be used again, because something of its last user is still open in it. */
  discard(): void {
    this.client.release(true);
  }

  private failed(error: unknown): Error {
    const failure = toEngineFailure(error);
    if (failure instanceof EngineGone) {
      this.broken = true;
      this.onGone();
    }
    return failure;
  }
}
