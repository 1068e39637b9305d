import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { type PublicTypingNotice, typingSubject } from '@relevo/contracts';
import { WIDGET_NATS } from './widget-bus.js';
import { roomOf, type WidgetNamespace } from './widget-socket.js';

/** Tells visitors that an agent writes to them. */
@Injectable()
export class VisitorTyping implements OnModuleInit {
  private namespace?: WidgetNamespace;

  constructor(@Inject(WIDGET_NATS) private readonly nats: NatsConnection) {}

  onModuleInit(): void {
    this.nats.subscribe(typingSubject('public'), {
      callback: (error, message) => {
        if (!error) this.tell(message.json<PublicTypingNotice>());
      },
    });
  }

  attach(namespace: WidgetNamespace): void {
    this.namespace = namespace;
  }

  private tell({ workspaceId, channelId, externalId, conversationId, actor: { kind, name }, stopped }: PublicTypingNotice): void {
    const room = roomOf({ workspaceId, channelId, externalId });
    if (!this.namespace?.adapter.rooms.has(room)) return;
    this.namespace.to(room).emit('typing', { conversationId, actor: { kind, name }, ...(stopped && { stopped }) });
  }
}
