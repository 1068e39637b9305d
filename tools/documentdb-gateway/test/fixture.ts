import { randomUUID } from 'node:crypto';

import { type Db, MongoClient } from 'mongodb';

import { type RunningGateway, startDocumentDbGateway } from '../src/index.js';
import { TestEngine } from './engine.js';

/** An engine, a gateway in front of it and a client of it; each test file has its own. */
export class Fixture {
  readonly notices: string[] = [];
  private gateway: RunningGateway | undefined;
  private clients: MongoClient[] = [];

  private constructor(readonly engine: TestEngine) {}

  static async start(): Promise<Fixture> {
    const fixture = new Fixture(await TestEngine.start());
    fixture.gateway = await startDocumentDbGateway({
      port: 0,
      postgresPort: fixture.engine.postgresPort,
      log: (line) => fixture.notices.push(line),
    });
    return fixture;
  }

  get port(): number {
    return this.gateway!.port;
  }

  get uri(): string {
    return `mongodb://127.0.0.1:${this.port}/?replicaSet=rs0`;
  }

  async connect(): Promise<MongoClient> {
    const client = await MongoClient.connect(this.uri, { serverSelectionTimeoutMS: 240_000 });
    this.clients.push(client);
    return client;
  }

  /** A database of its own for a test, so that none sees another's documents. */
  async database(): Promise<Db> {
    const client = this.clients[0] ?? (await this.connect());
    return client.db(`test_${randomUUID().replaceAll('-', '')}`);
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.close()));
    await this.gateway?.close();
    await this.engine.stop();
  }
}

/** The error that a promise ends with; it is the test's failure if it has none. */
export async function failureOf(promise: Promise<unknown>): Promise<Record<string, unknown> & Error> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error as Record<string, unknown> & Error,
  );
  if (!outcome) throw new Error('It was expected to fail');
  return outcome;
}
