import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type AttachmentLink, type AttachmentVariant, AppError } from '@relevo/contracts';
import { Clock } from '@relevo/platform';
import { GatewayConfig } from '../config.js';
import type { UploadRecord } from './upload.schema.js';

/** The public contract's "signed for 5 minutes". */
const lifetimeMs = 5 * 60 * 1000;

const keyBytes = 32;

type Linked = Pick<UploadRecord, '_id' | 'workspaceId'>;

/** What a link's query says. */
export interface LinkQuery {
  readonly expires: string;
  readonly signature: string;
}

export const badLink = (): AppError => new AppError('UNAUTHENTICATED', 'This link is not valid, or not any more.');

/**
 * Links for media elements, which cannot send a token. Each is good for one variant of one file of one workspace, to read
 * it, until it ends: who got it from somebody can do no more than that. Their key is their own: no token is a link.
 */
@Injectable()
export class FileLinks {
  private readonly key: Buffer;

  constructor(
    { JWT_SECRET }: GatewayConfig,
    private readonly clock: Clock,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', JWT_SECRET, '', 'relevo-file-links', keyBytes));
  }

  linkTo(file: Linked, variant: AttachmentVariant): AttachmentLink {
    // In seconds: the link is to be short, and no harm is in a second less.
    const expires = Math.floor((this.clock.now().getTime() + lifetimeMs) / 1000);
    const signature = this.signatureOf(file, variant, String(expires)).toString('base64url');
    return { url: `/v1/files/${file._id}/${variant}?expires=${expires}&signature=${signature}`, expiresAt: new Date(expires * 1000).toISOString() };
  }

  /** Null when there is no such file: whoever made that up is answered like for one that there is. */
  assertValid(file: Linked | null, variant: AttachmentVariant, { expires, signature }: LinkQuery): asserts file is Linked {
    const expected = this.signatureOf(file ?? { _id: '', workspaceId: '' }, variant, expires);
    const given = Buffer.from(signature, 'base64url');
    const isSigned = given.length === expected.length && timingSafeEqual(given, expected);
    if (file === null || !isSigned || Number(expires) * 1000 <= this.clock.now().getTime()) throw badLink();
  }

  private signatureOf({ _id, workspaceId }: Linked, variant: AttachmentVariant, expires: string): Buffer {
    return createHmac('sha256', this.key).update(`${workspaceId}\n${_id}\n${variant}\n${expires}`).digest();
  }
}
