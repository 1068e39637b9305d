import type { Content } from './file-store.js';
import { TransferGarbage } from './transfer-garbage.js';

/** Reads a content into memory that is used again and again: a long file leaves no trail behind. Whoever has begun one closes it. */
export class ContentReader {
  private readonly source: AsyncIterator<Uint8Array>;
  private readonly garbage = new TransferGarbage();
  private rest: Uint8Array = new Uint8Array();
  private isOver = false;

  constructor(content: Content) {
    this.source = content[Symbol.asyncIterator]();
  }

  /** Waits for the next byte, or for there to be none. */
  async hasMore(): Promise<boolean> {
    while (this.rest.length === 0 && !this.isOver) {
      const next = await this.source.next();
      if (next.done === true) this.isOver = true;
      else this.rest = next.value;
    }
    return this.rest.length > 0;
  }

  /** The part of `memory` that it filled: all of it, but at the end of the content. */
  async fill(memory: Buffer): Promise<Buffer> {
    let held = 0;
    while (held < memory.length && (await this.hasMore())) {
      const part = this.rest.subarray(0, memory.length - held);
      memory.set(part, held);
      held += part.length;
      this.rest = this.rest.subarray(part.length);
      this.garbage.letGo(part.length);
    }
    return memory.subarray(0, held);
  }

  /** What was made of its bytes on their way on, so many of them, is not needed any more. */
  letGo(bytes: number): void {
    this.garbage.letGo(bytes);
  }

  /** Before its end, its sender is told that nobody reads on. */
  async close(): Promise<void> {
    this.garbage.end();
    await this.source.return?.();
  }
}
