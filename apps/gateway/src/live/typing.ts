import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { type TypingNotice, typingSubject } from '@relevo/contracts';
import { NATS_CONNECTION } from '@relevo/messaging';
import type { AgentNamespace } from '../socket/agent-socket.js';
import { seers } from './audience.js';
import { room } from './rooms.js';

/** Tells agents who writes in the conversations that they may see. */
@Injectable()
export class Typing implements OnModuleInit {
  private namespace?: AgentNamespace;

  constructor(@Inject(NATS_CONNECTION) private readonly nats: NatsConnection) {}

  onModuleInit(): void {
    this.nats.subscribe(typingSubject('internal'), {
      callback: (error, message) => {
        if (!error) this.tell(message.json<TypingNotice>());
      },
    });
  }

  attach(namespace: AgentNamespace): void {
    this.namespace = namespace;
  }

  private tell({ workspaceId, conversationId, audience, actor, stopped }: TypingNotice): void {
    const rooms = this.namespace?.adapter.rooms;
    const present = seers(workspaceId, audience).filter((name) => rooms?.has(name));
    if (present.length === 0) return;
    // Whoever writes knows.
    this.namespace?.to(present).except(room.agent(workspaceId, actor.id)).emit('typing', { conversationId, actor, ...(stopped && { stopped }) });
  }
}
