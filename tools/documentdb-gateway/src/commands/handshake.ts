import { type Document, Long, Timestamp } from 'bson';

import { maxMessageBytes } from '../wire/frames.js';

export const replicaSet = 'rs0';

/** MongoDB 7.0: what the engine comes closest to, and enough for drivers to use sessions, transactions and retries. */
const maxWireVersion = 21;
const version = [7, 0, 0];

export interface ServerState {
  readonly address: string;
  /** Whether the database is there; without it this is no primary, and drivers wait until it is one again. */
  readonly available: boolean;
  readonly connectionId: number;
  readonly now: Date;
}

export function hello(command: Document, { address, available, connectionId, now }: ServerState): Document {
  const primary = command['hello'] === undefined ? 'ismaster' : 'isWritablePrimary';
  return {
    helloOk: true,
    [primary]: available,
    secondary: false,
    setName: replicaSet,
    setVersion: 1,
    hosts: [address],
    me: address,
    ...(available ? { primary: address } : {}),
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: maxMessageBytes,
    // The engine's limit; MongoDB's is 100 000.
    maxWriteBatchSize: 25_000,
    localTime: now,
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
    lastWrite: { opTime: { ts: new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }), t: Long.ONE }, lastWriteDate: now },
    ok: 1,
  };
}

const ok = (): Document => ({ ok: 1 });

const buildInfo = (): Document => ({
  version: version.join('.'),
  versionArray: [...version, 0],
  gitVersion: 'documentdb',
  modules: [],
  bits: 64,
  maxBsonObjectSize: 16 * 1024 * 1024,
  storageEngines: ['documentdb'],
  ok: 1,
});

/** Commands that are answered without the database. */
export const constantReplies = new Map<string, (command: Document, state: ServerState) => Document>([
  ['hello', hello],
  ['ismaster', hello],
  ['isMaster', hello],
  ['logout', ok],
  ['refreshSessions', ok],
  ['buildInfo', buildInfo],
  ['buildinfo', buildInfo],
  ['getParameter', () => ({ featureCompatibilityVersion: { version: '7.0' }, authenticationMechanisms: [], ok: 1 })],
  ['connectionStatus', () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 })],
  ['getLog', () => ({ totalLinesWritten: 0, log: [], ok: 1 })],
  ['getCmdLineOpts', () => ({ argv: [], parsed: {}, ok: 1 })],
  ['hostInfo', () => ({ system: {}, os: {}, extra: {}, ok: 1 })],
  ['serverStatus', (_command, { address }) => ({ host: address, version: version.join('.'), uptime: process.uptime(), ok: 1 })],
  [
    'replSetGetStatus',
    (_command, { address, available }) => ({
      set: replicaSet,
      myState: available ? 1 : 2,
      members: [{ _id: 0, name: address, health: 1, state: available ? 1 : 2, stateStr: available ? 'PRIMARY' : 'SECONDARY' }],
      ok: 1,
    }),
  ],
]);
