import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { checkSignature, notFound, ReceiveWebhook, validateShape } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { type Request, type Response } from 'express';
import { OggVoices } from '../files/ogg-voices.js';
import { ReferredFiles } from '../files/referred-files.js';
import { ServedFiles } from '../files/served-files.js';
import { Uploads } from '../files/uploads.js';
import { localsOf } from '../http/locals.js';
import { noQuery } from '../http/query.js';
import { signatureIn } from './signature-in.js';

/** Files of a channel's conversations, for its system outside: where there is no body, the path is what is signed. */
@Controller('v1/channels')
export class ChannelFilesController {
  constructor(
    private readonly bus: MessageBus,
    private readonly uploads: Uploads,
    private readonly referred: ReferredFiles,
    private readonly voices: OggVoices,
    private readonly served: ServedFiles,
  ) {}

  @Get(':channelId/attachments/:attachmentId')
  async content(@Param('channelId') channelId: string, @Param('attachmentId') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    noQuery(request.query);
    const webhook = validateShape(ReceiveWebhook, { channelId, signature: signatureIn(request), rawBody: request.path });
    const { workspaceId, voiceFormat } = await this.bus.request(checkSignature, webhook, { ...systemCaller('gateway'), correlationId: localsOf(response).correlationId });
    const file = await this.uploads.find(workspaceId, id);
    const binding = file && (await this.referred.bindingOf(file));
    if (!file || binding?.channelId !== channelId) throw notFound('attachment');
    await this.served.send(request, response, voiceFormat === 'ogg-opus' ? await this.voices.of(file, binding) : file, 'content');
  }
}
