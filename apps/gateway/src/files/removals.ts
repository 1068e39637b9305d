import { Injectable, Logger } from '@nestjs/common';
import { notFound } from '@relevo/contracts';
import { FileStore } from './store/file-store.js';
import { Thumbnails } from './thumbnails.js';
import type { UploadRecord } from './upload.schema.js';
import { Uploads } from './uploads.js';

/** Files on their way out of the store, which nobody gets any more. */
@Injectable()
export class Removals {
  private readonly logger = new Logger(Removals.name);

  constructor(
    private readonly uploads: Uploads,
    private readonly store: FileStore,
    private readonly thumbnails: Thumbnails,
  ) {}

  /**
   * What its uploader does not send after all. `NOT_FOUND` alike for what is not theirs, is not there, or goes with a message:
   * of this and a message that takes it at that moment one wins. Its place is free at once; its bytes follow, or a sweep finds them.
   */
  async withdraw(id: string, whose: Pick<UploadRecord, 'workspaceId' | 'uploader'>): Promise<void> {
    const file = await this.uploads.withdraw(id, whose);
    if (!file) throw notFound('attachment');
    void this.remove(file);
  }

  /** Of one that is given up. False when that cannot be done now: what is still there is found again. */
  async remove(file: UploadRecord): Promise<boolean> {
    try {
      await this.store.remove(file.blob);
      await this.thumbnails.remove(file);
      await this.uploads.forget(file);
      return true;
    } catch (error) {
      this.logger.warn({ attachmentId: file._id, reason: String(error) }, 'an unused file could not be removed; it is tried again');
      return false;
    }
  }
}
