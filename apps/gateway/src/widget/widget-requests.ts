import { Injectable } from '@nestjs/common';
import {
  AppError,
  type Caller,
  type ChannelActor,
  getPublicHistory,
  notFound,
  type PublicEntry,
  type PublicHistoryPage,
  rateLimited,
  ReadVisitorHistory,
  receiveVisitorMessage,
  SendVisitorMessage,
  TellTyping,
  tellVisitorTyping,
  validateShape,
} from '@relevo/contracts';
import { RateLimits } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import { GatewayConfig } from '../config.js';
import { SentFiles } from '../files/sent-files.js';
import { uploaderOf } from '../files/uploader.js';
import { errorBodyOf } from '../http/problem.js';
import { requestArgsOf } from '../socket/request-args.js';
import { Throttle, typingEveryMs } from '../socket/throttle.js';
import { channelOf } from './visitor-events.js';
import type { PresentVisitor, Visitor } from './visitor-tokens.js';
import { WidgetBus } from './widget-bus.js';
import type { WidgetSocket } from './widget-socket.js';

/** Of one socket: anybody may have one, and no page asks for more before it was answered. */
const maxUnderWay = 32;
const retryAfterMs = 1_000;

/** What visitors ask over a socket. Whose conversations it is about is the socket's to say, never the body's. */
@Injectable()
export class WidgetRequests {
  private readonly typing = new Throttle(typingEveryMs);
  private readonly underWay = new WeakMap<WidgetSocket, number>();

  constructor(
    private readonly bus: WidgetBus,
    private readonly limits: RateLimits,
    private readonly config: GatewayConfig,
    private readonly files: SentFiles,
  ) {}

  /** Never rejects: whatever happens is acknowledged. The protocol lets an event's name be a number. */
  async handle(socket: WidgetSocket, event: string | number, args: readonly unknown[]): Promise<void> {
    const { body, acknowledge } = requestArgsOf(args);
    const correlationId = newId();
    const others = this.underWay.get(socket) ?? 0;
    this.underWay.set(socket, others + 1);
    try {
      if (others >= maxUnderWay) throw rateLimited('Too many requests at once. Ask again in a moment.', retryAfterMs);
      acknowledge({ ok: true, data: await this.answer(socket.data.visitor, event, body, correlationId) });
    } catch (error) {
      acknowledge({ ok: false, error: { ...errorBodyOf(error, correlationId), correlationId } });
    } finally {
      this.underWay.set(socket, (this.underWay.get(socket) ?? 1) - 1);
    }
  }

  private answer(visitor: PresentVisitor, event: string | number, body: unknown, correlationId: string): Promise<object> {
    const caller = { actor: channelOf(visitor), correlationId };
    switch (event) {
      case 'message.send':
        return this.send(visitor, validateShape(SendVisitorMessage, body), caller);
      case 'history':
        return this.history(visitor, validateShape(ReadVisitorHistory, body), caller);
      case 'typing':
        return this.tellTyping(visitor, validateShape(TellTyping, body), caller);
      default:
        throw new AppError('NOT_FOUND', `There is no event ${String(event).slice(0, 60)}.`);
    }
  }

  private async send({ workspaceId, channelId, externalId, name }: PresentVisitor, { commandId, text, attachmentIds = [] }: SendVisitorMessage, caller: Caller<ChannelActor>): Promise<PublicEntry> {
    await this.limits.take(`visitor ${channelId} ${externalId}`, this.config.visitorSendRate, 'Too many messages at once. Send it again in a moment.');
    const message = { channelId, externalId, commandId, ...(name !== undefined && { name }), ...(text !== undefined && { text }) };
    if (attachmentIds.length === 0) return this.bus.request(receiveVisitorMessage, message, caller);
    const uploader = uploaderOf.visitor(channelId, externalId);
    return this.files.send(
      { ids: attachmentIds, sender: { workspaceId, uploader }, key: `${uploader}/${commandId}` },
      (attachments) => {
        if (attachments.length < attachmentIds.length) throw notFound('attachment');
        return this.bus.request(receiveVisitorMessage, { ...message, attachments }, caller);
      },
      ({ conversationId }) => ({ conversationId, channelId }),
    );
  }

  /** Once in a while; the rest is acknowledged and says nothing new. */
  private async tellTyping({ channelId, externalId }: Visitor, _: TellTyping, caller: Caller<ChannelActor>): Promise<object> {
    return this.typing.admit(`${channelId} ${externalId}`) ? this.bus.request(tellVisitorTyping, { channelId, externalId }, caller) : {};
  }

  private history({ channelId, externalId }: Visitor, { before }: ReadVisitorHistory, caller: Caller<ChannelActor>): Promise<PublicHistoryPage> {
    return this.bus.request(getPublicHistory, { channelId, externalId, ...(before !== undefined && { before }) }, caller);
  }
}
