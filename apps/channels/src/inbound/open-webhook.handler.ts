import { Controller } from '@nestjs/common';
import { type Caller, checkSignature, InboundMessage, type OpenedWebhook, openWebhook, ReceiveWebhook, type SignedRequest, type SystemActor } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { SignedWebhooks } from './signed-webhooks.js';

/** Whose request it is, before anything is done for it: the gateway stores no file for an unsigned one. */
@Controller()
export class OpenWebhookHandler {
  constructor(private readonly webhooks: SignedWebhooks) {}

  @Handles(openWebhook)
  async open(webhook: ReceiveWebhook, _: Caller<SystemActor>): Promise<OpenedWebhook> {
    const { channel } = await this.webhooks.read('inbound', InboundMessage, webhook);
    return { workspaceId: channel.workspaceId };
  }

  @Handles(checkSignature)
  async check(webhook: ReceiveWebhook, _: Caller<SystemActor>): Promise<SignedRequest> {
    const { workspaceId, voiceFormat } = await this.webhooks.authenticated(webhook);
    return { workspaceId, ...(voiceFormat && { voiceFormat }) };
  }
}
