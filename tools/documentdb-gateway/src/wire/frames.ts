/** MongoDB's own limit of a message, 48 000 000 bytes, which `hello` announces as well. */
export const maxMessageBytes = 48_000_000;

const headerBytes = 16;

/** Cuts a TCP stream into wire messages, each of which begins with its own length. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private buffered = 0;

  /** The messages that are complete with this chunk; throws on a length that no message can have. */
  push(chunk: Buffer): Buffer[] {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
    const frames: Buffer[] = [];
    while (this.buffered >= headerBytes) {
      const head = this.atLeast(headerBytes);
      const length = head.readInt32LE(0);
      if (length < headerBytes || length > maxMessageBytes) throw new RangeError(`A message cannot have ${length} bytes`);
      if (this.buffered < length) break;
      const whole = this.atLeast(length);
      frames.push(whole.subarray(0, length));
      this.chunks = whole.length > length ? [whole.subarray(length)] : [];
      this.buffered -= length;
    }
    return frames;
  }

  /** Joined only when the first chunk is too short, so that a long message is not copied once per chunk. */
  private atLeast(bytes: number): Buffer {
    const [first] = this.chunks;
    if (first && first.length >= bytes) return first;
    const joined = Buffer.concat(this.chunks);
    this.chunks = [joined];
    return joined;
  }
}
