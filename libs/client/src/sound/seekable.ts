import { BlobSource, BufferTarget, Conversion, Input, MP4, Mp4OutputFormat, Output, WEBM, WebMOutputFormat } from 'mediabunny';

/**
 * The same sound with its length and an index in front: recorders write neither, and without them no player can be put to
 * another place. Nothing is encoded anew. What cannot be read stays as it is.
 */
export async function seekable(recorded: Blob): Promise<Blob> {
  const isMp4 = recorded.type === 'audio/mp4';
  if (!isMp4 && recorded.type !== 'audio/webm') return recorded;
  try {
    const input = new Input({ source: new BlobSource(recorded), formats: [MP4, WEBM] });
    const target = new BufferTarget();
    const output = new Output({ format: isMp4 ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(), target });
    const conversion = await Conversion.init({ input, output });
    if (!conversion.isValid) return recorded;
    await conversion.execute();
    return target.buffer ? new Blob([target.buffer], { type: recorded.type }) : recorded;
  } catch {
    return recorded;
  }
}
