import { IsBase64, IsUrl } from 'class-validator';
import { attachmentLimits, AttachmentView } from '../attachments/attachment.js';
import { IsBoolean, IsCommandId, IsId, IsMessageTextUnless, IsName, IsNested, IsNestedList, IsObject, IsOneOf, IsOrigins, IsString, IsTime, Length, MaxLength, Nullable, Optional } from '../fields.js';
import { deliveryStatuses, type DeliveryStatus } from '../conversations/entry.js';
import { ReceivedMessage } from '../conversations/conversation.js';
import { PageRequest } from '../paging.js';
import { rpc } from '../rpc.js';

export const channelKinds = ['api', 'webchat', 'whatsapp'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** How a channel's system outside gets voice messages: as browsers recorded them, or the same sound in Ogg (RFC 7845), which messengers want. */
export const voiceFormats = ['as-recorded', 'ogg-opus'] as const;
export type VoiceFormat = (typeof voiceFormats)[number];

export class ChannelView {
  @IsId() id: string;
  @IsName() name: string;
  @IsOneOf(channelKinds) kind: ChannelKind;
  @Optional() @IsId() teamId?: string;
  /** False where no voice messages go, whatever the workspace allows; absent otherwise. */
  @Optional() @IsBoolean() voice?: boolean;
  /** Absent where they are as recorded. */
  @Optional() @IsOneOf(voiceFormats) voiceFormat?: VoiceFormat;
}

/** What creating a channel answers: the only time its secret is shown. */
export class ChannelCreated extends ChannelView {
  /** Key of the HMAC that signs what goes in and out. */
  @IsString() secret: string;
}

export class CreateChannel {
  @IsCommandId() commandId: string;
  @IsName() name: string;
  @IsOneOf(channelKinds) kind: ChannelKind;
  /** The team whose queue its conversations enter; the general queue when absent. */
  @Optional() @IsId() teamId?: string;
  /** Whether new conversations begin with a bot; without one they are queued at once. */
  @Optional() @IsBoolean() bot?: boolean;
  /** Whether voice messages go there, where the workspace allows them; they do when absent. */
  @Optional() @IsBoolean() voice?: boolean;
  /** How its system outside gets voice messages; as recorded when absent. What has no Opus in it, it gets as recorded all the same. */
  @Optional() @IsOneOf(voiceFormats) voiceFormat?: VoiceFormat;
  /** Where agents' messages are posted, signed like what comes in: on the public internet, or where the installation allows besides. */
  @Optional() @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true }) @MaxLength(2048) callbackUrl?: string;
  /** Of the pages, besides the gateway's own, that may embed a webchat channel's widget. */
  @Optional() @IsOrigins() allowedOrigins?: string[];
}

export class GetChannel {
  @IsId() channelId: string;
}

export class ListChannels extends PageRequest {}

export class ChannelList {
  @IsNestedList(() => ChannelView) items: ChannelView[];
  @Nullable() @IsString() nextCursor: string | null;
}

/** A webhook as it came: nothing of the body is believed before its signature. */
export class ReceiveWebhook {
  @IsId() channelId: string;
  /** `sha256=<hex>`: HMAC-SHA256 of the raw body with the channel's secret. Empty when the header was absent. */
  @IsString() @MaxLength(200) signature: string;
  @IsString() rawBody: string;
}

export class InboundSender {
  @IsString() @Length(1, 256) externalId: string;
  @Optional() @IsName() name?: string;
  @Optional() @IsObject() attributes?: Record<string, string>;
}

/** A file of a customer's message: in it, or where it can be fetched from. What is said of it is not believed. */
export class InboundAttachment {
  /** Exactly one of both. */
  @Optional() @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true }) @MaxLength(2048) url?: string;
  @Optional() @IsBase64() contentBase64?: string;
  @IsString() @MaxLength(200) mediaType: string;
  @IsName(1000) name: string;
  @Optional() @IsBoolean() voice?: boolean;
}

export class InboundContent {
  @IsMessageTextUnless('attachments') text?: string;
  @Optional() @IsNestedList(() => InboundAttachment, attachmentLimits.perMessage) attachments?: InboundAttachment[];
}

/** Body of `POST /v1/channels/:id/inbound`. */
export class InboundMessage {
  @IsString() @Length(1, 256) externalMessageId: string;
  @Optional() @IsTime() sentAt?: string;
  @IsNested(() => InboundSender) sender: InboundSender;
  @IsNested(() => InboundContent) message: InboundContent;
}

/** The same, once its webhook was opened and its files are stored. */
export class ReceiveOpenedMessage {
  @IsId() channelId: string;
  @IsString() @Length(1, 256) externalMessageId: string;
  @IsNested(() => InboundSender) sender: InboundSender;
  @IsMessageTextUnless('attachments') text?: string;
  @IsNestedList(() => AttachmentView, attachmentLimits.perMessage) attachments: AttachmentView[];
}

/** Whose webhook it is. */
export class OpenedWebhook {
  @IsId() workspaceId: string;
}

/** The same of a request without a body, and how the channel wants what it asks for. */
export class SignedRequest extends OpenedWebhook {
  /** Absent where it is as recorded. */
  @Optional() @IsOneOf(voiceFormats) voiceFormat?: VoiceFormat;
}

/** Body of `POST /v1/channels/:id/statuses`: what became of an agent's message at the receiver. */
export class DeliveryReport {
  /** As the receiver answered the message's post; where it said nothing, that post's `X-Relevo-Delivery`. */
  @IsString() @Length(1, 256) externalMessageId: string;
  /** One that is behind what was told before changes nothing. */
  @IsOneOf(deliveryStatuses) status: DeliveryStatus;
}

const byAdmins = { callers: ['agent', 'system'], roles: ['admin'] } as const;

export const createChannel = rpc('rpc.channels.create.v1', CreateChannel, ChannelCreated, byAdmins);
export const listChannels = rpc('rpc.channels.list.v1', ListChannels, ChannelList, { callers: ['agent', 'system'] });
export const getChannel = rpc('rpc.channels.get.v1', GetChannel, ChannelView, { callers: ['system'] });
export const receiveWebhook = rpc('rpc.channels.receive-webhook.v1', ReceiveWebhook, ReceivedMessage, { callers: ['system'] });
/** Of a message with files, before they are stored: its signature, its shape, and its place in the channel's limit. */
export const openWebhook = rpc('rpc.channels.open-webhook.v1', ReceiveWebhook, OpenedWebhook, { callers: ['system'] });
export const receiveOpenedMessage = rpc('rpc.channels.receive-opened.v1', ReceiveOpenedMessage, ReceivedMessage, { callers: ['system'] });
/** `UNAUTHENTICATED` unless the channel signed it. */
export const checkSignature = rpc('rpc.channels.check-signature.v1', ReceiveWebhook, SignedRequest, { callers: ['system'] });
/** Answers the message that it is of; `NOT_FOUND` for one that the channel never posted, or whose answer is not read yet. */
export const receiveStatus = rpc('rpc.channels.receive-status.v1', ReceiveWebhook, ReceivedMessage, { callers: ['system'] });
