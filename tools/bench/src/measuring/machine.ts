import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { connect } from '@nats-io/transport-node';
import type { Stack, Via } from '@relevo/local-stack';
import mongoose from 'mongoose';
import { connectionOf } from '../floor/connection.js';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
}

interface EnginePart {
  readonly name: string;
  readonly version: string;
  readonly via: Via;
}

export interface Engine {
  readonly nats: EnginePart;
  readonly database: EnginePart;
}

export const thisMachine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${distribution()}, ${type()} ${release()}`,
  node: process.version,
});

function distribution(): string {
  try {
    return /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

/** As the parts themselves tell it. */
export async function engineOf({ nats, database }: Stack): Promise<Engine> {
  const connection = await connect(connectionOf(nats.url, 'bench'));
  const client = await new mongoose.mongo.MongoClient(database.url).connect();
  try {
    const info = (await client.db('admin').command({ buildInfo: 1 })) as { version?: string };
    return {
      nats: { name: 'nats-server', version: connection.info?.version ?? 'unknown', via: nats.via },
      database: { name: database.via === 'packages' ? 'DocumentDB on PostgreSQL, speaking MongoDB' : 'MongoDB', version: info.version ?? 'unknown', via: database.via },
    };
  } finally {
    await Promise.all([connection.close(), client.close()]);
  }
}
