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
  private readonly missedListeners: (() => void)[] = [];

  constructor(@Inject(NATS_CONNECTION) private readonly nats: NatsConnection) {}

  onModuleInit(): void {
    void this.watch();
    this.nats.subscribe(subject, {
      callback: (error, message) => {
        if (error) return;
        this.hear(message.string());
      },
    });
  }

  onRevoked(listener: (sessionId: string) => void): void {
    this.listeners.push(listener);
  }

  /** Called when some may not have been heard: after NATS was away. */
  onMissed(listener: () => void): void {
    this.missedListeners.push(listener);
  }

  /** That a session has ended, from whomever. */
  hear(sessionId: string): void {
    for (const listener of this.listeners) listener(sessionId);
  }

  announce(sessionId: string): void {
    if (!this.nats.isClosed()) this.nats.publish(subject, sessionId);
  }

  private async watch(): Promise<void> {
    for await (const { type } of this.nats.status()) {
      if (type === 'reconnect') for (const listener of this.missedListeners) listener();
    }
  }
}
