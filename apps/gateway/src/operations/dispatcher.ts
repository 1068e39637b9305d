import { Injectable } from '@nestjs/common';
import { type AgentActor, type Operation, validateShape } from '@relevo/contracts';
import { MessageBus } from '@relevo/messaging';

/** The one way from an agent to a service, whichever transport they came by. */
@Injectable()
export class Dispatcher {
  constructor(private readonly bus: MessageBus) {}

  /** The owner checks again; here it is checked so that nothing invalid goes on, and the error names the field. */
  async dispatch({ rpc }: Pick<Operation, 'rpc'>, body: unknown, actor: AgentActor, correlationId: string): Promise<object> {
    return this.bus.request(rpc, validateShape(rpc.request, body), { actor, correlationId });
  }
}
