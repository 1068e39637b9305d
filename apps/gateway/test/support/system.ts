import { randomBytes } from 'node:crypto';
import { type INestApplication, Logger } from '@nestjs/common';
import type { AgentView, SessionView } from '@relevo/contracts';
import { type Stack, startStack } from '@relevo/local-stack';
import { readConfig, ServiceConfig, startApplication } from '@relevo/platform';
import { readGatewayConfig } from '../../src/config.js';
import { composeGateway } from '../../src/gateway.module.js';
import { LiveClient } from './live-client.js';
import { password, Services } from './services.js';

/** An answer over REST; `json` is what the body says, if it says anything. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly json: T;
}

type Settings = Record<string, string>;

export interface Asking {
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly replica?: number;
  /** Sent as it is when it is text or bytes, as JSON otherwise. */
  readonly body?: unknown;
}

/** Replicas of the gateway on a real NATS and database, in front of services that answer as told. */
export class System {
  private readonly clients: LiveClient[] = [];

  private constructor(
    readonly stack: Stack,
    readonly services: Services,
    readonly gateways: INestApplication[],
    readonly urls: string[],
    private readonly startReplica: (replica: number) => Promise<INestApplication>,
  ) {}

  /** `settings` are the gateways' own, over what they share with the services; those may depend on the stack. */
  static async start(replicas = 1, settings: Settings | ((stack: Stack) => Promise<Settings>) = {}): Promise<System> {
    Logger.overrideLogger(false);
    const stack = await startStack({ ephemeral: true, natsSilenceSeconds: 20 });
    const env = typeof settings === 'function' ? await settings(stack) : settings;
    const common = {
      NODE_ENV: 'test',
      MONGO_URL: stack.database.url,
      MONGO_DB_PREFIX: `test_${randomBytes(4).toString('hex')}`,
      LOG_LEVEL: 'silent',
      // What is late on a busy machine is not down, nor given up.
      OUTAGE_MS: '15000',
      REQUEST_TIMEOUT_MS: '30000',
      MEDIA_TIMEOUT_MS: '60000',
    };
    const services = await new Services().start(readConfig(ServiceConfig, { ...common, NATS_URL: stack.nats.url }));
    const startReplica = (replica: number): Promise<INestApplication> => {
      const config = readGatewayConfig({ ...common, NATS_URL: stack.nats.urlFor('gateway'), WIDGET_NATS_URL: stack.nats.urlFor('widget'), PORT: '0', REPLICA: String(replica + 1), ...env });
      const { module, microservices, configure } = composeGateway(config);
      return startApplication(module, config, microservices, configure);
    };
    const gateways: INestApplication[] = [];
    for (let replica = 0; replica < replicas; replica++) gateways.push(await startReplica(replica));
    return new System(stack, services, gateways, await Promise.all(gateways.map((gateway) => gateway.getUrl())), startReplica);
  }

  /** Ends a replica and starts it again, with nothing remembered. */
  async restart(replica: number): Promise<void> {
    await this.gateways[replica]!.close();
    this.gateways[replica] = await this.startReplica(replica);
    this.urls[replica] = await this.gateways[replica].getUrl();
  }

  get url(): string {
    return this.urls[0]!;
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.close();
    await Promise.all(this.gateways.map((gateway) => gateway.close()));
    await this.services.stop();
    await this.stack.stop();
  }

  async rest<T = Record<string, unknown>>(method: string, path: string, { token, headers = {}, body, replica = 0 }: Asking = {}): Promise<Answer<T>> {
    const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    const response = await fetch(`${this.urls[replica]}${path}`, {
      method,
      body: raw as string | undefined,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  async signIn({ email }: AgentView): Promise<SessionView> {
    const { status, json } = await this.rest<SessionView>('POST', '/v1/auth/login', { body: { email, password } });
    if (status !== 200) throw new Error(`login: ${status} ${JSON.stringify(json)}`);
    return json;
  }

  async tokenOf(agent: AgentView): Promise<string> {
    return (await this.signIn(agent)).accessToken;
  }

  /** A socket of this agent that is ready. */
  async connect(agent: AgentView, { replica = 0, ...auth }: { replica?: number; token?: string; cursor?: unknown } = {}): Promise<LiveClient> {
    const token = auth.token ?? (await this.tokenOf(agent));
    const client = await LiveClient.connect(this.urls[replica]!, { ...auth, token });
    this.clients.push(client);
    return client;
  }
}
