import { type DynamicModule, type INestApplication, Logger as NestLogger, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { ConfigError, type ServiceConfig } from './config.js';

/** What a replica is made of. */
export interface Composition {
  readonly module: Type | DynamicModule;
  readonly config: ServiceConfig;
  /** What it listens to besides HTTP. */
  readonly microservices: MicroserviceOptions[];
  readonly configure?: (app: NestExpressApplication) => void;
}

export interface Bootstrap {
  readonly service: string;
  /** Throws `ConfigError` when the environment is not usable. */
  readonly compose: () => Composition;
}

/** Nothing is logged before the parts are connected, and what is away is waited for: so somebody must say it. */
const stillStartingMs = 5_000;

/**
 * Runs one replica until SIGTERM or SIGINT: requests over NATS, events, and HTTP for probes and metrics. Once it serves,
 * a process started with an IPC channel tells its parent `{ready: true, url}`.
 */
export async function bootstrap({ service, compose }: Bootstrap): Promise<void> {
  endWithParent();
  const waiting = setInterval(() => {
    process.stderr.write(`${service} is still starting: it waits for NATS (NATS_URL), for the streams in it (npm run relevo -- streams) or for the database (MONGO_URL)\n`);
  }, stillStartingMs);
  try {
    const { module, config, microservices, configure } = compose();
    const app = await startApplication(module, config, microservices, configure);
    clearInterval(waiting);
    const url = await app.getUrl();
    new NestLogger(service).log(`serves on ${url}`);
    process.send?.({ ready: true, url });
  } catch (error) {
    const reason = error instanceof ConfigError ? error.message : error;
    process.stderr.write(`${service} cannot start: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`);
    process.exit(1);
  }
}

/** Longest that a replica whose parent is gone may take over its shutdown: what it drains to may be gone as well. */
const orphanedMs = 10_000;

/** A parent that started this process with an IPC channel takes it along when it ends, kill -9 included: the channel closes. */
function endWithParent(): void {
  if (process.send === undefined) return;
  const end = (): void => {
    setTimeout(() => process.exit(1), orphanedMs).unref();
    process.kill(process.pid, 'SIGTERM');
  };
  // While modules loaded nobody listened.
  if (process.connected) process.once('disconnect', end);
  else end();
}

/** What every transport of ours is underneath: a connection to NATS. */
interface Flushable {
  flush(): Promise<void>;
}

/** A replica inside this process, for tests that need to reach into it. */
export async function startApplication(
  module: Type | DynamicModule,
  config: ServiceConfig,
  microservices: MicroserviceOptions[],
  configure?: (app: NestExpressApplication) => void,
): Promise<INestApplication> {
  const app = await NestFactory.create<NestExpressApplication>(module, { bufferLogs: true, abortOnError: false, bodyParser: false });
  app.useLogger(app.get(Logger));
  app.disable('x-powered-by');
  configure?.(app);
  for (const options of microservices) app.connectMicroservice(options);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  try {
    // Indexes, clock and streams first: only then does a request or an event find all that it needs.
    await app.init();
    await app.startAllMicroservices();
    // Starting sends the subscriptions; only what the broker has answered to does it know.
    await Promise.all(app.getMicroservices().map((microservice) => microservice.unwrap<Flushable>().flush()));
    await app.listen(config.PORT, config.HOST);
    return app;
  } catch (error) {
    // Not waited for: what kept it from starting may keep it from ending as well.
    void app.close().catch(() => undefined);
    throw error;
  }
}
