import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { giveBackPort, natsUrlVariable, natsUsers, type Stack, takeFreePort } from '@relevo/local-stack';
import { makeStreams } from '../client/operator.js';
import { Replica, type ServiceProcess } from './service-process.js';
import { type Replicas, replicasOf, type ServiceName, services, workspaceRoot } from './services.js';
import { Supervisor } from './supervisor.js';
import { unlessAborted } from './unless-aborted.js';

export interface SystemOptions {
  /** Only where it is matters: whoever started it stops it. */
  readonly stack: { readonly nats: Pick<Stack['nats'], 'urlFor'>; readonly database: Pick<Stack['database'], 'url'> };
  /** Of each service; 1 when absent. */
  readonly replicas?: Replicas;
  /** Each service's database is `<prefix>_<service>`. */
  readonly databasePrefix?: string;
  /** For all services. */
  readonly env?: Readonly<Record<string, string>>;
  readonly serviceEnv?: Partial<Record<ServiceName, Readonly<Record<string, string>>>>;
  /** For one process, over all others; replicas count from 1. */
  readonly replicaEnv?: (service: ServiceName, replica: number) => Readonly<Record<string, string>>;
  /** One for each gateway, in order; those without one get any free port. */
  readonly gatewayPorts?: readonly number[];
  /** Each process writes to `<service>-<n>.log` there. */
  readonly logsDir?: string;
  /** Start again whatever dies by itself; tests decide that themselves. */
  readonly supervise?: boolean;
  /** Gets a line when a process becomes ready, dies or comes back. */
  readonly onProgress?: (line: string) => void;
  /** How long one process may take until it serves. */
  readonly readyWithinMs?: number;
  /** Gives up a start that is under way: all processes end, and it rejects. */
  readonly signal?: AbortSignal;
  /** What services wait for, given the operator's URL of NATS; for tests without a NATS. */
  readonly prepare?: (operatorUrl: string) => Promise<void>;
  /** Programs to run instead of the services' own, for tests of this very function. */
  readonly mains?: Partial<Record<ServiceName, string>>;
}

export interface RunningSystem {
  /** In the order of the gateways' replicas; they stay the same over restarts. */
  readonly gatewayUrls: readonly string[];
  readonly processes: readonly ServiceProcess[];
  /** The last lines that a replica wrote. */
  logs(service: ServiceName, replica?: number): string[];
  /** Resolves when the process is gone (SIGSTOP and SIGCONT: when they are sent). */
  kill(service: ServiceName, replica?: number, signal?: NodeJS.Signals): Promise<void>;
  /** With the environment and the port it had; ends it first (SIGTERM) if it runs. Resolves when it serves. */
  restart(service: ServiceName, replica?: number): Promise<void>;
  /** Gateways first, so that what they were asked is still answered. Resolves when all are gone. */
  stop(): Promise<void>;
}

const defaultReadyWithinMs = 120_000;
const graceMs = 8_000;

/** What a process inherits must not decide what it does: these are ours to give, and the passwords of others not at all. */
const ownVariables = ['NATS_URL', ...natsUsers.map(natsUrlVariable), 'MONGO_URL', 'MONGO_DB_PREFIX', 'PORT', 'HOST', 'REPLICA'];

/** Loading modules is most of a start; a second one finds them compiled. */
const compileCache = join(workspaceRoot, '.local', 'compile-cache');

/** Starts every service at once. If one cannot, the others end too, and the error is what that one said. */
export async function startSystem(options: SystemOptions): Promise<RunningSystem> {
  const { onProgress = () => undefined, logsDir } = options;
  if (logsDir !== undefined) await mkdir(logsDir, { recursive: true });
  const supervisor = options.supervise ? new Supervisor(onProgress) : undefined;
  const wanted = services.flatMap((service) => Array.from({ length: replicasOf(options.replicas, service) }, (_, index) => [service, index + 1] as const));
  const replicas = await Promise.all(wanted.map(async ([service, replica]) => replicaOf(options, service, replica, await portOf(options, service, replica), supervisor)));
  const system = new System(replicas, supervisor);
  let ready = 0;
  const starting = replicas.map(async (replica) => {
    await replica.start();
    supervisor?.born(replica);
    onProgress(`${++ready} of ${replicas.length} processes ready`);
  });
  // Meanwhile: services wait for it, and loading them takes longer.
  const prepared = (options.prepare ?? makeStreams)(options.stack.nats.urlFor('operator'));
  try {
    await unlessAborted(options.signal, Promise.all([prepared, ...starting]));
  } catch (error) {
    // The first that failed; the others end now instead of coming up only to go down.
    await system.stop();
    throw error;
  }
  return system;
}

/** Ours while its process is away, so that it finds it again. */
async function portOf({ gatewayPorts = [] }: SystemOptions, service: ServiceName, replica: number): Promise<number> {
  return (service === 'gateway' ? gatewayPorts[replica - 1] : undefined) ?? takeFreePort();
}

function replicaOf(options: SystemOptions, service: ServiceName, replica: number, port: number, supervisor: Supervisor | undefined): Replica {
  const { stack, databasePrefix = 'relevo', logsDir, onProgress } = options;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ownVariables.includes(name)));
  const made = new Replica({
    service,
    replica,
    port,
    main: options.mains?.[service],
    readyWithinMs: options.readyWithinMs ?? defaultReadyWithinMs,
    logFile: logsDir === undefined ? undefined : join(logsDir, `${service}-${replica}.log`),
    env: {
      NODE_COMPILE_CACHE: compileCache,
      // All of a demo or a test is on this machine, receivers of callbacks too.
      ...(service === 'channels' && { CALLBACK_HOSTS: '127.0.0.0/8,::1' }),
      ...inherited,
      NATS_URL: stack.nats.urlFor(service),
      ...(service === 'gateway' && { WIDGET_NATS_URL: stack.nats.urlFor('widget') }),
      MONGO_URL: stack.database.url,
      MONGO_DB_PREFIX: databasePrefix,
      REPLICA: String(replica),
      ...options.env,
      ...options.serviceEnv?.[service],
      ...options.replicaEnv?.(service, replica),
    },
    onDeath: (how) => {
      if (supervisor) void supervisor.died(made, how);
      else onProgress?.(`${made.name} ended (${how})`);
    },
  });
  return made;
}

class System implements RunningSystem {
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly replicas: readonly Replica[],
    private readonly supervisor: Supervisor | undefined,
  ) {}

  get gatewayUrls(): string[] {
    return this.replicas.flatMap(({ service, url }) => (service === 'gateway' && url !== undefined ? [url] : []));
  }

  get processes(): readonly ServiceProcess[] {
    return this.replicas;
  }

  logs(service: ServiceName, replica = 1): string[] {
    return this.find(service, replica).lines;
  }

  async kill(service: ServiceName, replica = 1, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.find(service, replica).kill(signal);
  }

  async restart(service: ServiceName, replica = 1): Promise<void> {
    const found = this.find(service, replica);
    await found.stop(graceMs);
    await found.start();
    this.supervisor?.born(found);
  }

  stop(): Promise<void> {
    this.stopping ??= this.stopInOrder();
    return this.stopping;
  }

  private async stopInOrder(): Promise<void> {
    this.supervisor?.stop();
    const isGateway = ({ service }: Replica): boolean => service === 'gateway';
    await Promise.all(this.replicas.filter(isGateway).map((replica) => replica.stop(graceMs)));
    await Promise.all(this.replicas.filter((replica) => !isGateway(replica)).map((replica) => replica.stop(graceMs)));
    for (const replica of this.replicas) {
      replica.closeLog();
      giveBackPort(replica.port);
    }
  }

  private find(service: ServiceName, replica: number): Replica {
    const found = this.replicas.find((each) => each.service === service && each.replica === replica);
    if (!found) throw new Error(`There is no ${service}-${replica}`);
    return found;
  }
}
