import type { Server } from 'node:http';
import { type DynamicModule, Injectable, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Readiness } from '@relevo/platform';
import { GatewayConfig } from '../config.js';
import { closeServer } from '../http/close-server.js';
import type { Connection } from './agent-socket.js';
import { InFlight } from './in-flight.js';
import { endWithin } from './send-buffer.js';

/** A request that came just before gets this long to be acknowledged. */
const answerMs = 5_000;

/** A client that does not read does not say goodbye either. */
const goodbyeMs = 1_000;

/**
 * What is under way over HTTP is cut this long after `DRAIN_SECONDS`: all others have had their answers by then, a refused
 * upload its reason, and whoever fetches a large file goes on elsewhere with what is left of it.
 */
const lastMs = 8_000;

/** The fewest are let go as fast as this: whoever serves them next takes that many without being noticed. */
const msPerConnection = 10;

/** Over how long so many connections are let go. */
export const spreadMs = (connections: number, maxSeconds: number): number => Math.min(connections * msPerConnection, maxSeconds * 1_000);

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Sockets {
  readonly sockets: ReadonlyMap<string, { readonly conn: Connection }>;
}

/**
 * How a replica that stops lets its sockets go: none is taken any more and `/readyz` says so, while requests are served
 * on; then one after the other, at random times, each when it has its answers, so that the other replicas meet their
 * clients spread over time. At last nothing listens. Clients come back by themselves, and resume elsewhere.
 */
@Injectable()
export class Drain {
  private readonly inFlight = new InFlight();
  private readonly namespaces: Sockets[] = [];
  private draining?: Promise<void>;

  constructor(
    private readonly config: GatewayConfig,
    private readonly http: HttpAdapterHost,
    readiness: Readiness,
  ) {
    readiness.add({
      name: 'stopping',
      check: () => (this.isDraining ? Promise.reject(new Error('it stops')) : Promise.resolve()),
    });
  }

  get isDraining(): boolean {
    return this.draining !== undefined;
  }

  attach(namespace: Sockets): void {
    this.namespaces.push(namespace);
  }

  /** Work that a connection is let go only after. */
  track(connection: Connection, work: Promise<unknown>): void {
    this.inFlight.track(connection, work);
  }

  /** Resolves when all are gone; the same for all who ask. */
  finish(): Promise<void> {
    this.draining ??= this.letAllGo();
    return this.draining;
  }

  private async letAllGo(): Promise<void> {
    const lastAt = Date.now() + this.config.DRAIN_SECONDS * 1_000 + lastMs;
    const connections = this.connections();
    const overMs = spreadMs(connections.length, this.config.DRAIN_SECONDS);
    await Promise.all(connections.map((connection) => after(Math.random() * overMs).then(() => this.letGo(connection))));
    // Those whose handshake had begun before.
    await Promise.all(this.connections().map((connection) => this.letGo(connection)));
    closeServer(this.http.httpAdapter.getHttpServer() as Server, lastAt - Date.now());
  }

  private connections(): Connection[] {
    return [...new Set(this.namespaces.flatMap(({ sockets }) => [...sockets.values()].map(({ conn }) => conn)))];
  }

  private async letGo(connection: Connection): Promise<void> {
    await this.inFlight.settle(connection, answerMs);
    // The transport's end, unlike a disconnect of ours, makes clients come again by themselves.
    await endWithin(connection, goodbyeMs);
  }
}

/** One for all namespaces of a replica. */
@Module({})
export class DrainModule {
  static with(config: GatewayConfig): DynamicModule {
    return { module: DrainModule, global: true, providers: [{ provide: GatewayConfig, useValue: config }, Drain], exports: [Drain] };
  }
}
