import { Controller, HttpCode, Inject, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { type NatsConnection } from '@nats-io/transport-node';
import { AppError, ReceiveWebhook, type ReceivedMessage, receiveStatus, receiveWebhook, validateShape } from '@relevo/contracts';
import { MessageBus, NATS_CONNECTION, systemCaller } from '@relevo/messaging';
import { type Request, type Response } from 'express';
import { localsOf } from '../http/locals.js';
import { ReadBody } from '../http/read-body.js';
import { noQuery } from '../http/query.js';

/** Longest that can be one: `sha256=` and 64 hex digits. Anything else is no signature, like none at all. */
const maxSignature = 71;

/** Of a NATS message, kept for headers and envelope. */
const reservedBytes = 4_096;

/** The most that a byte grows to as JSON text: `\u0000`. */
const worstGrowth = 6;

/** What comes in from channels: no token, a signature of the body's bytes, which only their owner can check. */
@Controller('v1/channels')
export class InboundController {
  constructor(
    private readonly bus: MessageBus,
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
  ) {}

  @Post(':channelId/inbound')
  @HttpCode(202)
  @UseInterceptors(ReadBody)
  receive(@Param('channelId') channelId: string, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<ReceivedMessage> {
    return this.handOn(receiveWebhook, channelId, request, response);
  }

  @Post(':channelId/statuses')
  @HttpCode(202)
  @UseInterceptors(ReadBody)
  status(@Param('channelId') channelId: string, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<ReceivedMessage> {
    return this.handOn(receiveStatus, channelId, request, response);
  }

  private async handOn(rpc: typeof receiveWebhook, channelId: string, request: Request, response: Response): Promise<ReceivedMessage> {
    const { rawBody = Buffer.alloc(0), correlationId } = localsOf(response);
    // The signature does not cover it.
    noQuery(request.query);
    this.assertFits(rawBody);
    const signature = request.headers['x-relevo-signature'];
    const webhook = validateShape(ReceiveWebhook, {
      channelId,
      signature: typeof signature === 'string' && signature.length <= maxSignature ? signature : '',
      // A mark of byte order stays. Bytes that are not UTF-8 do not, and so fail their signature, as altered ones should.
      rawBody: rawBody.toString('utf8'),
    });
    return this.bus.request(rpc, webhook, { ...systemCaller('gateway'), correlationId });
  }

  /** A body within the limit may still, full of quotes, be more than one NATS message takes. */
  private assertFits(rawBody: Buffer): void {
    const room = (this.nats.info?.max_payload ?? Infinity) - reservedBytes;
    if (rawBody.length * worstGrowth <= room) return;
    if (Buffer.byteLength(JSON.stringify(rawBody.toString('utf8'))) > room) {
      throw new AppError('PAYLOAD_TOO_LARGE', 'The body is too large.');
    }
  }
}
