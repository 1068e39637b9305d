import { type DynamicModule, Global, Module } from '@nestjs/common';
import { InjectConnection, MongooseModule } from '@nestjs/mongoose';
import mongoose, { type Connection, type ConnectOptions } from 'mongoose';
import { Clock, DatabaseClock } from './clock.js';
import type { ServiceConfig } from './config.js';
import { Readiness } from './health.js';

/**
 * A database that is down is answered for within 2 s, whatever it is that is asked of it; nothing else limits an
 * operation, for one may take long (an index, a rebuild) on a database that is well. So it is the driver's monitor that
 * tells: it asks for a sign of life every `heartbeatMs`, and gives it 800 ms (of `OUTAGE_MS` 1,500). When none comes, it
 * breaks off all operations under way. Those that can be repeated, and all new ones, look for another primary for 400 ms.
 */
const heartbeatMs = 500;
const signOfLife = 8 / 15;
const serverSelection = 4 / 15;

/** How every connection of ours uses the database. */
export const databaseOptions = (service: string, config: ServiceConfig): ConnectOptions => ({
  dbName: `${config.MONGO_DB_PREFIX}_${service}`,
  appName: `relevo-${service}`,
  // What is acknowledged survives the loss of a node, and is what later reads see.
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  retryWrites: true,
  serverSelectionTimeoutMS: Math.round(config.OUTAGE_MS * serverSelection),
  connectTimeoutMS: Math.round(config.OUTAGE_MS * signOfLife),
  heartbeatFrequencyMS: heartbeatMs,
  // A connection that could not be made in time would be tried twice more, and the answer be too late.
  maxAdaptiveRetries: 0,
  maxPoolSize: 40,
  // Collections and indexes are made at start-up by whoever owns them, never inside a request.
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
});

/** The service's own database (`<prefix>_<service>`), and the clock that follows it. */
@Global()
@Module({})
export class DatabaseModule {
  constructor(@InjectConnection() connection: Connection, readiness: Readiness) {
    readiness.add({
      name: 'database',
      check: async () => {
        if (!connection.db) throw new Error('not connected');
        await connection.db.command({ ping: 1 });
      },
    });
  }

  static forService(service: string, config: ServiceConfig): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        MongooseModule.forRoot(config.MONGO_URL, {
          ...databaseOptions(service, config),
          retryAttempts: 60,
          retryDelay: 1_000,
        }),
      ],
      providers: [{ provide: Clock, useClass: DatabaseClock }],
      exports: [Clock, MongooseModule],
    };
  }
}

/** The driver lets these through as they are when the other side has ended a connection that it still writes to. */
const brokenConnection: ReadonlySet<unknown> = new Set(['EPIPE', 'ECONNRESET']);

const isBrokenConnection = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && brokenConnection.has(error.code);

/** Whether an error says that the database cannot be reached now, rather than that it refused. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { MongoError, MongoNetworkError, MongoServerSelectionError, MongoNotConnectedError, MongoServerError } = mongoose.mongo;
  if (!(error instanceof MongoError)) return error instanceof mongoose.Error.MongooseServerSelectionError || isBrokenConnection(error);
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError || error instanceof MongoNotConnectedError) return true;
  if (error.name === 'MongoPoolClearedError' || error.name === 'MongoTopologyClosedError' || error.name === 'MongoPoolClosedError') return true;
  return error instanceof MongoServerError && (error.code === 91 || error.hasErrorLabel('RetryableWriteError'));
}

/** Whether an insert met a document that is already there, and the index it met it on. */
export function duplicateKey(error: unknown): Record<string, unknown> | null {
  if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== 11000) return null;
  return (error.keyPattern as Record<string, unknown> | undefined) ?? {};
}
