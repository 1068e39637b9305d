import type { mongo } from 'mongoose';

import { holdsWithin } from '../processes/wait.js';
import { isPrimary } from './primary.js';

export const replicaSet = 'rs0';

const primaryWithinMs = 60_000;
const notYetInitiated = 94;

/** Makes the MongoDB on 127.0.0.1 a replica set of one, if it is not yet one under this port, and waits until it takes writes. */
export async function becomePrimary(port: number, gone: AbortSignal): Promise<void> {
  // Only here: the ways without MongoDB need no driver.
  const { default: mongoose } = await import('mongoose');
  const client = new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, { serverSelectionTimeoutMS: primaryWithinMs });
  // Else it would look for a server that has ended until its time is up.
  gone.addEventListener('abort', () => void client.close());
  try {
    await client.connect();
    await configure(client.db('admin'), `127.0.0.1:${port}`);
  } finally {
    await client.close();
  }
  const ready = await holdsWithin(primaryWithinMs, () => gone.aborted || isPrimary(port));
  if (!ready) throw new Error(`mongod on port ${port} is no primary after ${primaryWithinMs / 1000} s`);
}

interface ReplicaSetConfig {
  readonly version: number;
  readonly members: readonly { readonly _id: number; readonly host: string }[];
}

async function configure(admin: mongo.Db, host: string): Promise<void> {
  const config = await currentConfig(admin);
  if (config === undefined) {
    await admin.command({ replSetInitiate: { _id: replicaSet, members: [{ _id: 0, host }] } });
    return;
  }
  if (config.members[0]?.host === host) return;
  // The port is another one than at the last start: the data would wait for a member that is not there.
  const members = config.members.map((member) => ({ ...member, host }));
  await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
}

async function currentConfig(admin: mongo.Db): Promise<ReplicaSetConfig | undefined> {
  try {
    const { config } = await admin.command({ replSetGetConfig: 1 });
    return config as ReplicaSetConfig;
  } catch (error) {
    if ((error as { code?: unknown }).code === notYetInitiated) return undefined;
    throw error;
  }
}
