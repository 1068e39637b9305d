import { Injectable } from '@nestjs/common';
import { type AgentActor, type Operation, validateShape } from '@relevo/contracts';
import { MessageBus, RateLimits } from '@relevo/messaging';
import { GatewayConfig } from '../config.js';

/** The one way from an agent to a service, whichever transport they came by. */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly bus: MessageBus,
    private readonly limits: RateLimits,
    private readonly config: GatewayConfig,
  ) {}

  /** The owner checks again; here it is checked so that nothing invalid goes on, and the error names the field. */
  async dispatch({ rpc, isSend }: Pick<Operation, 'rpc' | 'isSend'>, body: unknown, actor: AgentActor, correlationId: string): Promise<object> {
    const request = validateShape(rpc.request, body);
    if (isSend) await this.limits.take(`send ${actor.id}`, this.config.sendRate, 'Too many messages and notes at once. Send it again in a moment.');
    return this.bus.request(rpc, request, { actor, correlationId });
  }
}
