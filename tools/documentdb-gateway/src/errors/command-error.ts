import type { Document } from 'bson';

import type { ErrorCode } from './error-code.js';

/** A command's failure as its client shall see it; `details` are further fields of the reply, such as `keyPattern`. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Document = {},
  ) {
    super(message);
  }
}
