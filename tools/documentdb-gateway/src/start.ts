import { createServer, type Server, type Socket } from 'node:net';

import type { Gateway } from './commands/gateway.js';
import { hello } from './commands/handshake.js';
import { runCommand } from './commands/run.js';
import { Engine } from './engine/engine.js';
import { Turns } from './engine/turns.js';
import { forgetOldWrites } from './engine/written-once.js';
import { Cursors } from './sessions/cursors.js';
import { Transactions } from './sessions/transactions.js';
import { type MessageHandler, serveConnection } from './wire/connection.js';

export interface GatewayOptions {
  /** TCP port to listen on; 0 takes any that is free. */
  readonly port: number;
  /** Where PostgreSQL with DocumentDB listens, on 127.0.0.1 as user and database `postgres`. */
  readonly postgresPort: number;
  /** Most connections to PostgreSQL at the same time, 100 unless told; each open transaction holds one. */
  readonly maxConnections?: number;
  /** Gets the notice at start, the database's going and coming, and unexpected failures; standard error unless told. */
  readonly log?: (line: string) => void;
}

export interface RunningGateway {
  readonly port: number;
  /** Ends every connection; what was not answered may or may not have taken effect. */
  close(): Promise<void>;
}

// Anyone who reaches the port may do anything, so nobody outside this machine may reach it.
const host = '127.0.0.1';
const defaultMaxConnections = 100;
const tidyEveryMs = 30_000;

/** Listens whether or not PostgreSQL is there yet; until it is, clients are told that there is no primary, and wait. */
export async function startDocumentDbGateway(options: GatewayOptions): Promise<RunningGateway> {
  const log = options.log ?? ((line: string) => void process.stderr.write(`documentdb-gateway: ${line}\n`));
  const engine = new Engine(options.postgresPort, options.maxConnections ?? defaultMaxConnections, log);
  await engine.start();
  const server = createServer();
  const port = await listen(server, options.port);
  const gateway = assemble(engine, `${host}:${port}`);
  const sockets = acceptConnections(server, gateway, log);
  const tidying = setInterval(() => tidy(gateway), tidyEveryMs).unref();
  log(`listening on ${gateway.address}, on this machine only and without authentication: for development and tests`);
  return {
    port,
    close: async () => {
      clearInterval(tidying);
      server.close();
      for (const socket of sockets) socket.destroy();
      gateway.cursors.dropAll();
      await gateway.transactions.rollBackAll();
      await engine.close();
    },
  };
}

function assemble(engine: Engine, address: string): Gateway {
  const cursors = new Cursors();
  const transactions = new Transactions(engine, (transaction) => cursors.dropOfTransaction(transaction));
  return { address, engine, turns: new Turns(), transactions, cursors };
}

function acceptConnections(server: Server, gateway: Gateway, log: (line: string) => void): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  const handler: MessageHandler = {
    run: (message, connectionId) => runCommand(gateway, message, connectionId, log),
    greet: (handshake, connectionId) =>
      hello(handshake, { address: gateway.address, available: gateway.engine.available, connectionId, now: new Date() }),
  };
  let connections = 0;
  server.on('connection', (socket) => {
    const connectionId = ++connections;
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      void gateway.transactions.endClientConnection(connectionId);
    });
    serveConnection(socket, connectionId, handler);
  });
  return sockets;
}

/** What clients left behind. */
function tidy({ cursors, transactions, engine }: Gateway): void {
  const now = Date.now();
  cursors.dropIdle(now);
  void transactions.rollBackIdle(now);
  // Not urgent: if it fails, it is done the next time.
  if (engine.available) engine.query(forgetOldWrites, []).catch(() => undefined);
}

async function listen(server: Server, port: number): Promise<number> {
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(port, host, listening.resolve);
  await listening.promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
  return address.port;
}
