import type { Connection } from 'mongoose';
import type { GatewayConfig } from '../../config.js';
import type { FileStore } from './file-store.js';
import { GridFsStore } from './gridfs-store.js';
import { Pace } from './pace.js';
import { S3Store } from './s3-store.js';

/** The store that FILE_STORE names. */
export async function openFileStore(config: GatewayConfig, connection: Connection): Promise<FileStore> {
  if (config.s3) return new S3Store(config.s3);
  const store = new GridFsStore(connection, new Pace({ load: config.UPLOAD_WRITES }));
  await store.createIndexes();
  return store;
}
