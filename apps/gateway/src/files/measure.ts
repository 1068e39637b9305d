import { createHash } from 'node:crypto';
import { attachmentLimits } from '@relevo/contracts';
import { tooLarge } from './read-form.js';
import type { Content } from './store/file-store.js';
import type { Measured } from './uploads.js';

/** Counts and digests what flows through it, and breaks it off beyond the limit. */
export class Measure {
  private readonly hash = createHash('sha256');
  private size = 0;

  async *through(content: Content): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      this.size += chunk.length;
      if (this.size > attachmentLimits.bytes) throw tooLarge();
      this.hash.update(chunk);
      yield chunk;
    }
  }

  /** Once, when all has flowed. */
  get result(): Measured {
    return { size: this.size, digest: this.hash.digest('base64url') };
  }
}

/** The first `size` bytes (all, of less), and all of it again with these in front. */
export async function peek(content: Content, size: number): Promise<{ sample: Buffer; all: Content }> {
  const iterator = content[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let length = 0;
  while (length < size) {
    const next = await iterator.next();
    if (next.done === true) break;
    seen.push(next.value);
    length += next.value.length;
  }
  const sample = Buffer.concat(seen);
  return { sample: sample.subarray(0, size), all: following(sample, iterator) };
}

async function* following(first: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    // Whoever leaves off lets its source go.
    await rest.return?.();
  }
}
