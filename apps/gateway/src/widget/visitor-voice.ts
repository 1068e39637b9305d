import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { type PublicVoiceNotice, voiceSubject } from '@relevo/contracts';
import { WIDGET_NATS } from './widget-bus.js';
import { roomOf, type WidgetNamespace } from './widget-socket.js';

/** Tells visitors that voice messages were enabled or disabled. */
@Injectable()
export class VisitorVoice implements OnModuleInit {
  private namespace?: WidgetNamespace;

  constructor(@Inject(WIDGET_NATS) private readonly nats: NatsConnection) {}

  onModuleInit(): void {
    this.nats.subscribe(voiceSubject(), {
      callback: (error, message) => {
        if (!error) this.tell(message.json<PublicVoiceNotice>());
      },
    });
  }

  attach(namespace: WidgetNamespace): void {
    this.namespace = namespace;
  }

  private tell({ workspaceId, voice }: PublicVoiceNotice): void {
    for (const socket of this.namespace?.sockets.values() ?? []) {
      const { visitor } = socket.data;
      // Whoever is not ready yet is told then.
      if (visitor.workspaceId === workspaceId && socket.rooms.has(roomOf(visitor))) socket.emit('voice', { enabled: voice && visitor.takesVoice });
    }
  }
}
