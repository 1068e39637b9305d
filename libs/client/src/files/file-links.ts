import type { AttachmentLink, AttachmentVariant } from '@relevo/contracts';

/** Before its end a link is not given out any more: who gets it has still to use it. */
const marginMs = 30_000;

export interface FileLinksOptions {
  readonly ask: (attachmentId: string, variant: AttachmentVariant) => Promise<AttachmentLink>;
  /** In front of a link's path; empty for that of the page. */
  readonly base: () => string;
}

/** Links that media elements and downloads can follow without a token, each used until shortly before it ends. */
export class FileLinks {
  private readonly held = new Map<string, Promise<AttachmentLink>>();

  constructor(private readonly options: FileLinksOptions) {}

  /** `NOT_FOUND` where the file is gone, may not be seen any more, or has no thumbnail. */
  async of(attachmentId: string, variant: AttachmentVariant = 'content'): Promise<string> {
    const key = `${variant} ${attachmentId}`;
    const known = this.held.get(key);
    if (known) {
      const link = await known.catch(() => null);
      if (link && isFresh(link)) return this.options.base() + link.url;
      // Unless somebody asked anew meanwhile.
      if (this.held.get(key) === known) this.held.delete(key);
    }
    const asked = this.held.get(key) ?? this.options.ask(attachmentId, variant);
    this.held.set(key, asked);
    try {
      return this.options.base() + (await asked).url;
    } catch (error) {
      if (this.held.get(key) === asked) this.held.delete(key);
      throw error;
    }
  }

  /** Whoever was given this link could not follow it: the next is another. */
  doubt(attachmentId: string, variant: AttachmentVariant = 'content'): void {
    this.held.delete(`${variant} ${attachmentId}`);
  }

  /** Somebody else may be signed in. */
  clear(): void {
    this.held.clear();
  }
}

const isFresh = ({ expiresAt }: AttachmentLink): boolean => Date.parse(expiresAt) - Date.now() > marginMs;
