import { databaseOptions } from '@relevo/platform';
import type { Connection } from 'mongoose';
import type { GatewayConfig } from '../../config.js';
import type { FileStore } from './file-store.js';
import { GridFsStore } from './gridfs-store.js';
import { Pace } from './pace.js';
import { PieceThread } from './piece-thread.js';
import { S3Store } from './s3-store.js';

/** The store that FILE_STORE names. */
export async function openFileStore(service: string, config: GatewayConfig, connection: Connection): Promise<FileStore> {
  if (config.s3) return new S3Store(config.s3);
  const thread = new PieceThread({ url: config.MONGO_URL, options: databaseOptions(service, config) });
  const store = new GridFsStore(connection, thread, new Pace({ load: config.UPLOAD_WRITES }));
  await store.createIndexes();
  return store;
}
