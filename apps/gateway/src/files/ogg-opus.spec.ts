import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BufferSource, BufferTarget, EncodedAudioPacketSource, EncodedPacket, EncodedPacketSink, Input, MP4, Mp4OutputFormat, OGG, Output, WEBM } from 'mediabunny';
import { toOgg } from './ogg-opus.js';

const recorded = (name: string): Promise<Buffer> => readFile(join(__dirname, '../../test/fixtures', name));

const remuxed = async (recording: Uint8Array): Promise<Buffer> => Buffer.from((await toOgg(recording))!);

/** RFC 3533, 6: a page's header, and the packets that its lacing values make. */
function readOgg(ogg: Buffer): { flags: number[]; granules: bigint[]; serials: number[]; numbers: number[]; packets: Buffer[] } {
  const found = { flags: [] as number[], granules: [] as bigint[], serials: [] as number[], numbers: [] as number[], packets: [] as Buffer[] };
  let packet: Buffer[] = [];
  for (let at = 0; at < ogg.length; ) {
    expect(ogg.toString('latin1', at, at + 4)).toBe('OggS');
    found.flags.push(ogg[at + 5]!);
    found.granules.push(ogg.readBigInt64LE(at + 6));
    found.serials.push(ogg.readUInt32LE(at + 14));
    found.numbers.push(ogg.readUInt32LE(at + 18));
    const lacing = ogg.subarray(at + 27, at + 27 + ogg[at + 26]!);
    at += 27 + lacing.length;
    for (const length of lacing) {
      packet.push(ogg.subarray(at, at + length));
      at += length;
      if (length === 255) continue;
      found.packets.push(Buffer.concat(packet));
      packet = [];
    }
  }
  expect(packet).toEqual([]);
  return found;
}

const opened = (bytes: Uint8Array): Input => new Input({ formats: [WEBM, MP4, OGG], source: new BufferSource(bytes) });

async function packetsIn(bytes: Uint8Array): Promise<Buffer[]> {
  using input = opened(bytes);
  const packets: Buffer[] = [];
  for await (const { data } of new EncodedPacketSink((await input.getPrimaryAudioTrack())!).packets()) packets.push(Buffer.from(data));
  return packets;
}

const beginning = 2;
const end = 4;

describe('a recording in Ogg', () => {
  it.each(['voz.webm', 'voz.mp4'])('of %s has its Opus packets, byte for byte, after the two headers of RFC 7845', async (name) => {
    const recording = await recorded(name);
    const { packets, flags, serials, numbers } = readOgg(await remuxed(recording));
    const [head, tags, ...sound] = packets;
    expect(head!.toString('latin1', 0, 8)).toBe('OpusHead');
    expect(tags!.toString('latin1', 0, 8)).toBe('OpusTags');
    expect(sound).toEqual(await packetsIn(recording));
    expect(flags[0]).toBe(beginning);
    expect(flags.at(-1)).toBe(end);
    expect(flags.slice(1, -1).every((flag) => (flag & (beginning | end)) === 0)).toBe(true);
    expect(new Set(serials).size).toBe(1);
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  it.each(['voz.webm', 'voz.mp4'])('of %s is as long: all of its packets count', async (name) => {
    const ogg = await remuxed(await recorded(name));
    // 50 packets of 60 ms, at 48 kHz.
    expect(readOgg(ogg).granules.at(-1)).toBe(144_000n);
    using input = opened(ogg);
    const track = (await input.getPrimaryAudioTrack())!;
    expect(await track.getCodec()).toBe('opus');
    const seconds = await track.computeDuration();
    // What the decoder needs to settle (at most 80 ms) is not heard.
    expect(seconds).toBeGreaterThanOrEqual(2.92);
    expect(seconds).toBeLessThanOrEqual(3);
  });
});

describe('there is none', () => {
  it('of AAC, which Ogg has no place for', async () => {
    const output = new Output({ format: new Mp4OutputFormat(), target: new BufferTarget() });
    const source = new EncodedAudioPacketSource('aac');
    output.addAudioTrack(source);
    await output.start();
    const decoderConfig = { codec: 'mp4a.40.2', sampleRate: 48_000, numberOfChannels: 1, description: Uint8Array.of(0x11, 0x88) };
    for (let count = 0; count < 10; count += 1) await source.add(new EncodedPacket(new Uint8Array(100), 'key', count * 0.02, 0.02), { decoderConfig });
    await output.finalize();
    expect(await toOgg(new Uint8Array(output.target.buffer!))).toBeNull();
  });

  it('of what is no recording', async () => {
    await expect(toOgg(Buffer.alloc(1_000, 7))).rejects.toThrow('format');
  });
});
