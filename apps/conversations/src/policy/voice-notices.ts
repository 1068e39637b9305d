import { Inject, Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { type PublicVoiceNotice, voiceSubject } from '@relevo/contracts';
import { NATS_CONNECTION } from '@relevo/messaging';

/** Tells widgets whether their workspace has voice messages: its policy is the agents' to read. */
@Injectable()
export class VoiceNotices {
  constructor(@Inject(NATS_CONNECTION) private readonly nats: NatsConnection) {}

  toCustomers(notice: PublicVoiceNotice): void {
    this.nats.publish(voiceSubject(notice.workspaceId), JSON.stringify(notice));
  }
}
