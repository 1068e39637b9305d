import { Client, Pool } from 'pg';

import { EngineConnection, type Row, type SqlValue, type Statement } from './connection.js';
import { EngineGone, toEngineFailure } from './engine-error.js';
import { createWrittenOnceTable } from './written-once.js';

/**
 * Settings of every connection. Unique indexes are exclusion constraints, so racing inserts of one key deadlock: the
 * sooner PostgreSQL looks for that, the sooner one of them goes on. At 2 ms fifty of them take half as long as at 10 ms.
 */
const settings = {
  deadlock_timeout: '2ms',
  search_path: 'documentdb_api_catalog,documentdb_api,documentdb_core,public',
  'documentdb_core.enableCollation': 'on',
};

const options = Object.entries(settings)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ');

const probeEveryMs = 100;
const connectionWaitMs = 30_000;

/** PostgreSQL with DocumentDB: a pool of connections, and whether it is there. */
export class Engine {
  private readonly pool: Pool;
  private readonly address;
  private up = false;
  private closed = false;
  private probe: NodeJS.Timeout | undefined;
  private trouble = '';

  constructor(
    port: number,
    maxConnections: number,
    private readonly log: (line: string) => void,
  ) {
    this.address = { host: '127.0.0.1', port, user: 'postgres', database: 'postgres', application_name: 'documentdb-gateway' };
    this.pool = new Pool({
      ...this.address,
      options,
      max: maxConnections,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: connectionWaitMs,
    });
    this.pool.on('error', () => this.gone());
    // A connection that breaks while it is held tells its holder through the query; without a listener it ends the process.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  get available(): boolean {
    return this.up;
  }

  /** Looks once for the database; if it is not there yet, goes on looking. */
  async start(): Promise<void> {
    await this.look();
  }

  async acquire(): Promise<EngineConnection> {
    // Refused at once: a client that is told so waits for a primary and tries again, which is sooner than a time-out.
    if (!this.up) throw new EngineGone('it is not running');
    try {
      return new EngineConnection(await this.pool.connect(), () => this.gone());
    } catch (error) {
      const failure = toEngineFailure(error);
      if (failure instanceof EngineGone) this.gone();
      throw failure;
    }
  }

  async query(prepared: Statement, values: SqlValue[]): Promise<Row[]> {
    return this.using((connection) => connection.query(prepared, values));
  }

  async using<T>(work: (connection: EngineConnection) => Promise<T>): Promise<T> {
    const connection = await this.acquire();
    try {
      return await work(connection);
    } finally {
      connection.release();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    this.up = false;
    clearTimeout(this.probe);
    await this.pool.end();
  }

  private gone(): void {
    if (!this.up) return;
    this.up = false;
    // It may have been this one connection only.
    void this.look();
  }

  private lookLater(): void {
    if (!this.closed) this.probe = setTimeout(() => void this.look(), probeEveryMs);
  }

  /** On a connection of its own: all of the pool's may be held by transactions that wait for this. */
  private async look(): Promise<void> {
    const client = new Client({ ...this.address, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(createWrittenOnceTable);
      this.up = !this.closed;
      if (this.trouble !== '') this.log('the database is there again');
      this.trouble = '';
    } catch (error) {
      this.complain(toEngineFailure(error).message);
      this.lookLater();
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Once for each reason: it is looked for ten times a second. */
  private complain(trouble: string): void {
    if (!this.closed && trouble !== this.trouble) this.log(trouble);
    this.trouble = trouble;
  }
}
