import { Controller, type INestApplication, Module, type Type } from '@nestjs/common';
import { type AgentEvent, routingEvents } from '@relevo/contracts';
import { PlatformModule, ServiceConfig, startApplication } from '@relevo/platform';
import { connectionOptions, type DurableEvents, durableEvents, type DurableEventsOptions, type EventContext, HandlesEvent, MessagingModule } from '../../src/index.js';

/** What is late on a busy machine is not down, nor given up. */
const patience = { OUTAGE_MS: 15_000, REQUEST_TIMEOUT_MS: 30_000 };

export const configFor = (url: string): ServiceConfig => Object.assign(new ServiceConfig(), { NATS_URL: url, LOG_LEVEL: 'silent', NODE_ENV: 'test', ...patience });

/** How a test itself connects. */
export const patientOptions = (name: string, url: string): ReturnType<typeof connectionOptions> => connectionOptions(name, { NATS_URL: url, ...patience });

export type Handle = (payload: AgentEvent, context: EventContext) => Promise<void>;

/** A controller that hands every changed agent to `handle`. */
export function agentHandler(handle: Handle): Type {
  @Controller()
  class AgentHandler {
    @HandlesEvent(routingEvents, 'agent-changed')
    async agentChanged(payload: AgentEvent, context: EventContext): Promise<void> {
      await handle(payload, context);
    }
  }
  return AgentHandler;
}

export interface Replica {
  readonly app: INestApplication;
  readonly events: DurableEvents;
}

/** A service that takes internal events, quick to try again. */
export async function startReplica(
  url: string,
  controllers: Type[],
  { service = 'probe', ...options }: Partial<DurableEventsOptions> = {},
): Promise<Replica> {
  const config = configFor(url);
  @Module({ imports: [PlatformModule.forService(service, config), MessagingModule.forService(service, config)], controllers })
  class Root {}
  const { strategy } = durableEvents({ service, config, visibility: 'internal', backoffMs: [5, 10], ackWaitMs: 30_000, ...options });
  const app = await startApplication(Root, config, [{ strategy }]);
  return { app, events: strategy };
}
