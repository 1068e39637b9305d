import { Controller, HttpCode, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { type Caller, InboundMessage, openWebhook, receiveOpenedMessage, ReceiveWebhook, type ReceivedMessage, receiveStatus, receiveWebhook, type SystemActor, validateShape } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { type Request, type Response } from 'express';
import { localsOf } from '../http/locals.js';
import { SentFiles } from '../files/sent-files.js';
import { uploaderOf } from '../files/uploader.js';
import { ReadBody } from '../http/read-body.js';
import { noQuery } from '../http/query.js';
import { InboundFiles } from './inbound-files.js';
import { signatureIn } from './signature-in.js';

/** What comes in from channels: no token, a signature of the body's bytes, which only their owner can check. */
@Controller('v1/channels')
export class InboundController {
  constructor(
    private readonly bus: MessageBus,
    private readonly files: InboundFiles,
    private readonly sent: SentFiles,
  ) {}

  @Post(':channelId/inbound')
  @HttpCode(202)
  @UseInterceptors(ReadBody)
  receive(@Param('channelId') channelId: string, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<ReceivedMessage> {
    const { webhook, caller } = this.webhookIn(channelId, request, response);
    return carriesFiles(webhook.rawBody) ? this.receiveFiles(webhook, caller) : this.bus.request(receiveWebhook, webhook, caller);
  }

  @Post(':channelId/statuses')
  @HttpCode(202)
  @UseInterceptors(ReadBody)
  status(@Param('channelId') channelId: string, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<ReceivedMessage> {
    const { webhook, caller } = this.webhookIn(channelId, request, response);
    return this.bus.request(receiveStatus, webhook, caller);
  }

  /** Its files are stored only once it is known to be the channel's; a repeat of the message finds them there. */
  private async receiveFiles(webhook: ReceiveWebhook, caller: Caller<SystemActor>): Promise<ReceivedMessage> {
    const { channelId } = webhook;
    const { workspaceId } = await this.bus.request(openWebhook, webhook, caller);
    const message = validateShape(InboundMessage, JSON.parse(webhook.rawBody));
    const { externalMessageId, sender, message: { text } } = message;
    const ids = await this.files.receive({ workspaceId, channelId }, message);
    return this.sent.send(
      { ids, sender: { workspaceId, uploader: uploaderOf.channel(channelId) }, key: `${channelId}/${externalMessageId}` },
      (attachments) => this.bus.request(receiveOpenedMessage, { channelId, externalMessageId, sender, ...(text !== undefined && { text }), attachments }, caller),
      ({ conversationId }) => ({ conversationId, channelId }),
    );
  }

  private webhookIn(channelId: string, request: Request, response: Response): { webhook: ReceiveWebhook; caller: Caller<SystemActor> } {
    const { rawBody = Buffer.alloc(0), correlationId } = localsOf(response);
    // The signature does not cover it.
    noQuery(request.query);
    const webhook = validateShape(ReceiveWebhook, {
      channelId,
      signature: signatureIn(request),
      // A mark of byte order stays. Bytes that are not UTF-8 do not, and so fail their signature, as altered ones should.
      rawBody: rawBody.toString('utf8'),
    });
    return { webhook, caller: { ...systemCaller('gateway'), correlationId } };
  }
}

/** Whether a body, which nobody has looked at yet, seems to be a message with files. What is wrong with it, others say. */
function carriesFiles(rawBody: string): boolean {
  if (!rawBody.includes('message')) return false;
  try {
    const body = JSON.parse(rawBody) as { message?: { attachments?: unknown } } | null;
    const attachments = body?.message?.attachments;
    return Array.isArray(attachments) && attachments.length > 0;
  } catch {
    return false;
  }
}
