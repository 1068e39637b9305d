import { attachmentLimits, type VoiceView } from '@relevo/contracts';
import { ADTS, BufferSource, EncodedPacketSink, Input, type InputAudioTrack, MATROSKA, MP3, MP4, OGG, WAVE, WEBM } from 'mediabunny';
import { OpusDecoder } from 'opus-decoder';
import { toOgg as remuxed } from './ogg-opus.js';

/** Packets decoded for each bar: the first ones settle the decoder, which has not heard what was before. */
const packetsPerBar = 3;

/** What a file turned out to be: sound, or not. */
export type Recording = { readonly isSound: true; readonly voice: VoiceView } | { readonly isSound: false };

/** Null where there is no sound to be found, or none that can be read. */
export const readRecording = (bytes: Uint8Array): Promise<Recording | null> => unlessUnreadable(() => recordingIn(bytes));

/** The same sound in Ogg; null where there is no Opus in it, or none that can be read. */
export const toOgg = (bytes: Uint8Array): Promise<Uint8Array | null> => unlessUnreadable(() => remuxed(bytes));

/** What a parser throws is a finding, and will be the same next time; whatever else ends a task is none. */
async function unlessUnreadable<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}

async function recordingIn(bytes: Uint8Array): Promise<Recording | null> {
  using input = new Input({ formats: [WEBM, MATROSKA, MP4, OGG, MP3, WAVE, ADTS], source: new BufferSource(bytes) });
  if (await input.getPrimaryVideoTrack()) return { isSound: false };
  const track = await input.getPrimaryAudioTrack();
  if (!track) return null;
  const seconds = await track.computeDuration();
  const isOpus = (await track.getCodec()) === 'opus';
  return { isSound: true, voice: { durationMs: Math.round(seconds * 1000), peaks: isOpus ? await peaksOf(track, seconds) : [] } };
}

/** A few packets in the middle of each bar: what it costs follows from the number of bars, not from the length. */
async function peaksOf(track: InputAudioTrack, seconds: number): Promise<number[]> {
  const decoder = new OpusDecoder({ channels: Math.min(2, await track.getNumberOfChannels()) });
  await decoder.ready;
  try {
    const sink = new EncodedPacketSink(track);
    const peaks: number[] = [];
    for (let bar = 0; bar < attachmentLimits.peaks; bar += 1) {
      let packet = await sink.getPacket(((bar + 0.5) * seconds) / attachmentLimits.peaks);
      let peak = 0;
      for (let count = 0; packet && count < packetsPerBar; count += 1) {
        peak = loudestIn(decoder.decodeFrame(packet.data).channelData);
        packet = await sink.getNextPacket(packet);
      }
      peaks.push(Math.min(attachmentLimits.peak, Math.round(peak * attachmentLimits.peak)));
    }
    return peaks;
  } finally {
    decoder.free();
  }
}

function loudestIn(channels: readonly Float32Array[]): number {
  let loudest = 0;
  for (const samples of channels) for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample));
  return loudest;
}
