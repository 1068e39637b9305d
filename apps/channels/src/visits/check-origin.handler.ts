import { Controller } from '@nestjs/common';
import { type Caller, type CheckedOrigin, CheckOrigin, checkOrigin, type SystemActor } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { ChannelJournal } from '../channels/channel.journal.js';

/** Asked before it is known which channel a page is for: pages that no channel allows need not be talked to at all. */
@Controller()
export class CheckOriginHandler {
  constructor(private readonly channels: ChannelJournal) {}

  @Handles(checkOrigin)
  async handle({ origin }: CheckOrigin, _: Caller<SystemActor>): Promise<CheckedOrigin> {
    return { allowed: await this.channels.isOriginAllowed(origin) };
  }
}
