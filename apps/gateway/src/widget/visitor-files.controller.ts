import { Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { AppError, type AttachmentLink, AttachmentLinkRequest, type AttachmentVariant, type AttachmentView, checkOwnAttachment, checkSender, notFound, validateShape } from '@relevo/contracts';
import { RateLimits } from '@relevo/messaging';
import { type Request, type Response } from 'express';
import { GatewayConfig } from '../config.js';
import { FileLinks } from '../files/file-links.js';
import { Intake } from '../files/intake.js';
import { Removals } from '../files/removals.js';
import { ServedFiles } from '../files/served-files.js';
import { receiveUpload } from '../files/upload-form.js';
import type { UploadRecord } from '../files/upload.schema.js';
import { uploaderOf } from '../files/uploader.js';
import { Uploads } from '../files/uploads.js';
import { bearerToken } from '../http/bearer-token.js';
import { localsOf } from '../http/locals.js';
import { noQuery, queryFields } from '../http/query.js';
import { channelOf } from './visitor-events.js';
import { noVisit, type Visitor, VisitorTokens } from './visitor-tokens.js';
import { WidgetBus } from './widget-bus.js';

/** Visitors' files: what they upload before they send it, and what is in their own conversations. */
@Controller('v1/widget/attachments')
export class VisitorFilesController {
  constructor(
    private readonly tokens: VisitorTokens,
    private readonly bus: WidgetBus,
    private readonly limits: RateLimits,
    private readonly config: GatewayConfig,
    private readonly uploads: Uploads,
    private readonly intake: Intake,
    private readonly removals: Removals,
    private readonly served: ServedFiles,
    private readonly links: FileLinks,
  ) {}

  @Post()
  @HttpCode(200)
  async upload(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<AttachmentView> {
    const visitor = await this.visitorIn(request);
    const { workspaceId, channelId, externalId } = visitor;
    noQuery(request.query);
    await this.limits.take(`visitor-upload ${channelId} ${externalId}`, this.config.visitorSendRate, 'Too many files at once. Send it again in a moment.');
    const whose = { workspaceId, uploader: uploaderOf.visitor(channelId, externalId), unsent: this.config.visitorUnsent, requireWelcome: () => this.requireWelcome(visitor, response) };
    return receiveUpload(this.intake, request, whose, (received, spoken) => this.intake.complete(received, spoken));
  }

  @Get(':attachmentId')
  content(@Param('attachmentId') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.send(id, 'content', request, response);
  }

  @Get(':attachmentId/thumbnail')
  thumbnail(@Param('attachmentId') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.send(id, 'thumbnail', request, response);
  }

  @Get(':attachmentId/link')
  async link(@Param('attachmentId') id: string, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<AttachmentLink> {
    const visitor = await this.visitorIn(request);
    const { variant = 'content' } = validateShape(AttachmentLinkRequest, queryFields(request.query));
    return this.links.linkTo(await this.seenBy(visitor, id, response), variant);
  }

  @Delete(':attachmentId')
  @HttpCode(204)
  async withdraw(@Param('attachmentId') id: string, @Req() request: Request): Promise<void> {
    const { workspaceId, channelId, externalId } = await this.visitorIn(request);
    noQuery(request.query);
    await this.removals.withdraw(id, { workspaceId, uploader: uploaderOf.visitor(channelId, externalId) });
  }

  private async send(id: string, variant: AttachmentVariant, request: Request, response: Response): Promise<void> {
    const visitor = await this.visitorIn(request);
    noQuery(request.query);
    await this.served.send(request, response, await this.seenBy(visitor, id, response), variant);
  }

  private visitorIn({ headers }: Request): Promise<Visitor> {
    const token = bearerToken(headers.authorization);
    if (token === undefined) throw noVisit();
    return this.tokens.verify(token);
  }

  /** Whose messages are refused brings no files either, and is told the same. */
  private async requireWelcome(visitor: Visitor, response: Response): Promise<void> {
    const { channelId, externalId } = visitor;
    await this.bus.request(checkSender, { channelId, externalId }, { actor: channelOf(visitor), correlationId: localsOf(response).correlationId });
  }

  /** What they have not sent yet, and what is in a message of theirs. */
  private async seenBy(visitor: Visitor, id: string, response: Response): Promise<UploadRecord> {
    const { workspaceId, channelId, externalId } = visitor;
    const file = await this.uploads.find(workspaceId, id);
    if (!file) throw notFound('attachment');
    const isUnsent = file.binding === null && file.uploader === uploaderOf.visitor(channelId, externalId);
    if (!isUnsent) await this.assertOwn(visitor, id, response);
    return file;
  }

  private async assertOwn(visitor: Visitor, attachmentId: string, response: Response): Promise<void> {
    const { channelId, externalId } = visitor;
    try {
      await this.bus.request(checkOwnAttachment, { channelId, externalId, attachmentId }, { actor: channelOf(visitor), correlationId: localsOf(response).correlationId });
    } catch (error) {
      throw error instanceof AppError && error.code === 'NOT_FOUND' ? notFound('attachment') : error;
    }
  }
}
