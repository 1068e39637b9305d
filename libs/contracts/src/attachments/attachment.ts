import { Matches } from 'class-validator';
import { IsBoolean, IsCount, IsId, IsIds, IsInts, IsLimit, IsName, IsNested, IsNestedList, IsOneOf, IsString, IsTime, Optional } from '../fields.js';
import { rpc } from '../rpc.js';

/** Product rule "Sending": up to 10 attachments of 40 MB each. */
export const attachmentLimits = {
  bytes: 40 * 1024 * 1024,
  perMessage: 10,
  /** Of a voice message's waveform: how many bars, and how high the highest can be. */
  peaks: 64,
  peak: 100,
} as const;

/** Of an audio file that is a voice message. */
export class VoiceView {
  @IsCount() durationMs: number;
  /** Its loudness over time, at even distances: 0 (silence) to 100; empty where the audio could not be read. */
  @IsInts({ max: attachmentLimits.peak, length: attachmentLimits.peaks }) peaks: number[];
}

/** A file as messages carry it. Nothing of it is as its sender said: all was found out from the content. */
export class AttachmentView {
  @IsId() id: string;
  /** For people; no path, no control characters. */
  @IsName() name: string;
  @IsString() mediaType: string;
  /** Bytes. */
  @IsCount() size: number;
  @Optional() @IsNested(() => VoiceView) voice?: VoiceView;
}

/** What of a file is served: as it was uploaded, or a small WebP picture of an image. */
export const attachmentVariants = ['content', 'thumbnail'] as const;
export type AttachmentVariant = (typeof attachmentVariants)[number];

/** For media elements, which cannot send a token: good for this one file, this variant, and until `expiresAt`. */
export class AttachmentLink {
  /** Path and query, from the gateway's root. */
  @IsString() url: string;
  /** 5 minutes after it was asked for. */
  @IsTime() expiresAt: string;
}

/** Query of `GET /attachments/:id/link`. */
export class AttachmentLinkRequest {
  /** `content` when absent. */
  @Optional() @IsOneOf(attachmentVariants) variant?: AttachmentVariant;
}

/** Query of a link, as it was given. */
export class LinkedFileQuery {
  /** Unix time in seconds. */
  @Matches(/^\d{1,12}$/) expires: string;
  @Matches(/^[A-Za-z0-9_-]{1,100}$/) signature: string;
}

/** Removes a batch of the files that no message refers to, a day after their upload. Sends no time: the owner knows it. */
export class RemoveUnusedFiles {
  @IsLimit() limit?: number;
}

export class UnusedFilesReport {
  @IsCount() removed: number;
  /** Whether more may be due at once. */
  @IsBoolean() more: boolean;
}

/** Voice messages of a channel's conversations, as its system is to get them in Ogg. */
export class PrepareVoice {
  @IsIds(attachmentLimits.perMessage) attachmentIds: string[];
}

/** In the order asked for; what cannot be put into Ogg, as it is. */
export class PreparedVoice {
  @IsNestedList(() => AttachmentView, attachmentLimits.perMessage) items: AttachmentView[];
}

/** `NOT_FOUND` for what is in none of the channel's conversations. */
export const prepareVoice = rpc('rpc.gateway.public-prepare-voice.v1', PrepareVoice, PreparedVoice, { callers: ['channel'] });
export const removeUnusedFiles = rpc('rpc.gateway.remove-unused-files.v1', RemoveUnusedFiles, UnusedFilesReport, { callers: ['system'] });
