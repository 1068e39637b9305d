import { Controller } from '@nestjs/common';
import { RemoveUnusedFiles, removeUnusedFiles, type UnusedFilesReport } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { UnusedFiles } from './unused-files.js';

/** The scheduler asks; which files are due, is known here. */
@Controller()
export class RemoveUnusedFilesHandler {
  constructor(private readonly unused: UnusedFiles) {}

  @Handles(removeUnusedFiles)
  handle({ limit = 25 }: RemoveUnusedFiles): Promise<UnusedFilesReport> {
    return this.unused.remove(limit);
  }
}
