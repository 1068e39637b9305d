import { Controller } from '@nestjs/common';
import { type Caller, checkSender, checkSignature, type InboundAttachment, InboundMessage, invalid, type OpenedWebhook, openWebhook, ReceiveWebhook, type SignedRequest, type SystemActor } from '@relevo/contracts';
import { Handles, MessageBus } from '@relevo/messaging';
import { SignedWebhooks } from './signed-webhooks.js';

/** Whose request it is, before anything is done for it: the gateway stores no file for an unsigned one, or of somebody who is blocked. */
@Controller()
export class OpenWebhookHandler {
  constructor(
    private readonly webhooks: SignedWebhooks,
    private readonly bus: MessageBus,
  ) {}

  @Handles(openWebhook)
  async open(webhook: ReceiveWebhook, { correlationId }: Caller<SystemActor>): Promise<OpenedWebhook> {
    const { channelId } = webhook;
    const { channel: { workspaceId }, body: { sender: { externalId }, message } } = await this.webhooks.read('inbound', InboundMessage, webhook);
    message.attachments?.forEach(assertOneSource);
    await this.bus.request(checkSender, { channelId, externalId }, { actor: { kind: 'channel', workspaceId, id: channelId }, correlationId });
    return { workspaceId };
  }

  @Handles(checkSignature)
  async check(webhook: ReceiveWebhook, _: Caller<SystemActor>): Promise<SignedRequest> {
    const { workspaceId, voiceFormat } = await this.webhooks.authenticated(webhook);
    return { workspaceId, ...(voiceFormat && { voiceFormat }) };
  }
}

function assertOneSource({ url, contentBase64 }: InboundAttachment, place: number): void {
  if ((url === undefined) === (contentBase64 === undefined)) throw invalid(`message.attachments.${place}`, 'must have either url or contentBase64');
}
