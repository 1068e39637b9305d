import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { NATS_CONNECTION } from '@relevo/messaging';
import type { NatsConnection } from '@nats-io/transport-node';

/** From replica to replica of the gateway; the message is the session's id. */
const subject = 'live.gateway.session-revoked.v1';

/**
 * Tells every replica at once that a session has ended. Core NATS, so a replica may miss it; what rests on it must have
 * a bound of its own.
 */
@Injectable()
export class Revocations implements OnModuleInit {
  private readonly listeners: ((sessionId: string) => void)[] = [];

  constructor(@Inject(NATS_CONNECTION) private readonly nats: NatsConnection) {}

  onModuleInit(): void {
    this.nats.subscribe(subject, {
      callback: (error, message) => {
        if (error) return;
        const sessionId = message.string();
        for (const listener of this.listeners) listener(sessionId);
      },
    });
  }

  onRevoked(listener: (sessionId: string) => void): void {
    this.listeners.push(listener);
  }

  announce(sessionId: string): void {
    if (!this.nats.isClosed()) this.nats.publish(subject, sessionId);
  }
}
