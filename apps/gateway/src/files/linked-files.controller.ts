import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { type AttachmentVariant, LinkedFileQuery, validateShape } from '@relevo/contracts';
import { type Request, type Response } from 'express';
import { queryFields } from '../http/query.js';
import { FileLinks } from './file-links.js';
import { ServedFiles } from './served-files.js';
import { Uploads } from './uploads.js';

/** Files for media elements: a link is all that they bring. */
@Controller('v1/files')
export class LinkedFilesController {
  constructor(
    private readonly uploads: Uploads,
    private readonly links: FileLinks,
    private readonly served: ServedFiles,
  ) {}

  @Get(':attachmentId/content')
  content(@Param('attachmentId') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.send(id, 'content', request, response);
  }

  @Get(':attachmentId/thumbnail')
  thumbnail(@Param('attachmentId') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.send(id, 'thumbnail', request, response);
  }

  private async send(id: string, variant: AttachmentVariant, request: Request, response: Response): Promise<void> {
    const query = validateShape(LinkedFileQuery, queryFields(request.query));
    const file = await this.uploads.findLinked(id);
    this.links.assertValid(file, variant, query);
    await this.served.send(request, response, file, variant);
  }
}
