import { Injectable } from '@nestjs/common';
import { ReferredFiles } from './referred-files.js';
import { Removals } from './removals.js';
import type { UploadRecord } from './upload.schema.js';
import { Uploads } from './uploads.js';

/**
 * Files that no message refers to, and what a crash left of uploads. Each is first given up, by one conditional update
 * that a message which takes the file at that moment wins or loses; from then on nobody gets it. What is given up and still
 * there is found again.
 */
@Injectable()
export class UnusedFiles {
  constructor(
    private readonly uploads: Uploads,
    private readonly referred: ReferredFiles,
    private readonly removals: Removals,
  ) {}

  /** How many of at most `limit` are gone now, and whether there may be more. */
  async remove(limit: number): Promise<{ removed: number; more: boolean }> {
    const due = await this.uploads.unused(limit);
    let removed = 0;
    for (const file of due) {
      if (await this.removeUnlessReferredTo(file)) removed += 1;
    }
    // What could not be removed would only be found again.
    return { removed, more: due.length === limit && removed > 0 };
  }

  private async removeUnlessReferredTo(file: UploadRecord): Promise<boolean> {
    // An answer that did not come: the message may be there all the same.
    if ((await this.referred.bindingOf(file)) !== null) return false;
    return (await this.uploads.giveUp(file)) && this.removals.remove(file);
  }
}
