import { BufferSource, BufferTarget, EncodedAudioPacketSource, EncodedPacketSink, Input, MP4, OggOutputFormat, Output, WEBM } from 'mediabunny';

/** Half an hour of packets of 20 ms, the shortest that recorders make. */
const maxPackets = 100_000;

/**
 * The Opus packets of a WebM or MP4 recording, byte for byte, in Ogg (RFC 7845). Nothing is decoded. Null where there is no
 * Opus in it, or too much; rejects what cannot be read.
 */
export async function toOgg(recording: Uint8Array): Promise<Uint8Array | null> {
  using input = new Input({ formats: [WEBM, MP4], source: new BufferSource(recording) });
  const track = await input.getPrimaryAudioTrack();
  if (!track || (await track.getCodec()) !== 'opus') return null;
  const decoderConfig = await track.getDecoderConfig();
  if (!decoderConfig) return null;
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  let count = 0;
  let beginning = 0;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    if (count === 0) beginning = packet.timestamp;
    count += 1;
    if (count > maxPackets) return null;
    // Each is as long as it says itself: what browsers' containers say of the last one would cut it short.
    await source.add(packet.clone({ timestamp: packet.timestamp - beginning, duration: 0 }), { decoderConfig });
  }
  if (count === 0) return null;
  await output.finalize();
  return target.buffer && new Uint8Array(target.buffer);
}
