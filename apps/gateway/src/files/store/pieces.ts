import type { Content } from './file-store.js';
import { TransferGarbage } from './transfer-garbage.js';

/**
 * The same bytes in pieces of `size`, the last one shorter. All are in one piece of memory, which other threads can read:
 * each is good until the next one is asked for, and a long file leaves no trail of them behind.
 */
export async function* piecesOf(content: Content, size: number): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(new SharedArrayBuffer(size));
  const garbage = new TransferGarbage();
  let held = 0;
  try {
    for await (const chunk of content) {
      for (let taken = 0; taken < chunk.length; ) {
        const part = chunk.subarray(taken, taken + size - held);
        piece.set(part, held);
        held += part.length;
        taken += part.length;
        if (held === size) {
          yield piece;
          held = 0;
        }
      }
      garbage.letGo(chunk.length);
    }
  } finally {
    garbage.end();
  }
  if (held > 0) yield piece.subarray(0, held);
}
