import { Injectable } from '@nestjs/common';
import { type AttachmentVariant, notFound } from '@relevo/contracts';
import type { Request, Response } from 'express';
import { sendFile, sendThumbnail } from './send-file.js';
import { FileStore } from './store/file-store.js';
import { Thumbnails } from './thumbnails.js';
import type { UploadRecord } from './upload.schema.js';

/** Files on their way out, to whoever was found to see them. */
@Injectable()
export class ServedFiles {
  constructor(
    private readonly store: FileStore,
    private readonly thumbnails: Thumbnails,
  ) {}

  /** `NOT_FOUND` for a thumbnail of what has none. */
  async send(request: Request, response: Response, file: UploadRecord, variant: AttachmentVariant): Promise<void> {
    if (variant === 'content') return sendFile(request, response, this.store, file);
    const bytes = await this.thumbnails.of(file);
    if (bytes === null) throw notFound('thumbnail');
    sendThumbnail(request, response, file, bytes);
  }
}
