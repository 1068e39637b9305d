import { Controller, Delete, Get, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { type AgentActor, AppError, type AttachmentLink, AttachmentLinkRequest, type AttachmentVariant, type AttachmentView, type Caller, getPolicy, validateShape } from '@relevo/contracts';
import { MessageBus } from '@relevo/messaging';
import { type Request, type Response } from 'express';
import { actorOf } from '../auth/authenticator.js';
import { BearerGuard, sessionOf } from '../auth/bearer.guard.js';
import { GatewayConfig } from '../config.js';
import { localsOf } from '../http/locals.js';
import { noQuery, queryFields } from '../http/query.js';
import { AgentFiles } from './agent-files.js';
import { FileLinks } from './file-links.js';
import { Intake } from './intake.js';
import { Removals } from './removals.js';
import { ServedFiles } from './served-files.js';
import { receiveUpload } from './upload-form.js';
import { uploaderOf } from './uploader.js';

/** Agents' files: what they upload before they send it, and what is in conversations that they see. */
@Controller('v1/attachments')
@UseGuards(BearerGuard)
export class AttachmentsController {
  constructor(
    private readonly intake: Intake,
    private readonly files: AgentFiles,
    private readonly removals: Removals,
    private readonly served: ServedFiles,
    private readonly links: FileLinks,
    private readonly bus: MessageBus,
    private readonly config: GatewayConfig,
  ) {}

  @Post()
  @HttpCode(200)
  upload(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<AttachmentView> {
    noQuery(request.query);
    const caller = callerOf(response);
    const { workspaceId, id } = caller.actor;
    return receiveUpload(this.intake, request, { workspaceId, uploader: uploaderOf.agent(id), unsent: this.config.agentUnsent }, async (received, spoken) => {
      if (spoken.isVoice && !(await this.bus.request(getPolicy, {}, caller)).voice) throw voiceDisabled();
      return this.intake.complete(received, spoken);
    });
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
    const { variant = 'content' } = validateShape(AttachmentLinkRequest, queryFields(request.query));
    return this.links.linkTo(await this.files.seenBy(id, callerOf(response)), variant);
  }

  @Delete(':attachmentId')
  @HttpCode(204)
  withdraw(@Param('attachmentId') id: string, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    noQuery(request.query);
    const { workspaceId, id: agentId } = callerOf(response).actor;
    return this.removals.withdraw(id, { workspaceId, uploader: uploaderOf.agent(agentId) });
  }

  private async send(id: string, variant: AttachmentVariant, request: Request, response: Response): Promise<void> {
    noQuery(request.query);
    await this.served.send(request, response, await this.files.seenBy(id, callerOf(response)), variant);
  }
}

const voiceDisabled = (): AppError => new AppError('VOICE_DISABLED', 'Voice messages are not enabled.');

const callerOf = (response: Response): Caller<AgentActor> => ({ actor: actorOf(sessionOf(response)), correlationId: localsOf(response).correlationId });
