import { buffer } from 'node:stream/consumers';
import { Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type Connection, type mongo } from 'mongoose';
import sharp from 'sharp';
import { GatewayConfig } from '../config.js';
import { FileStore } from './store/file-store.js';
import { Turns } from './turns.js';
import type { ThumbnailRecord, UploadRecord } from './upload.schema.js';

/** Longest side, for twice the pixels of what the screens show. */
const side = 640;

/** What is read of a JPEG is scaled down on the way, so a phone's largest picture fits; others are unpacked whole. */
const maxPixels = 64_000_000;
const maxBytes = 25 * 1024 * 1024;

/** Pictures that one replica unpacks at once, each by one thread: messages come first. */
const atOnce = 1;
/** Whoever comes when so many wait is served without a thumbnail. */
const maxWaiting = 50;

/** Safe to unpack, and of these alone there are thumbnails. */
const pictured: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif']);

sharp.concurrency(1);
sharp.cache(false);

/** Small pictures of images, made when first asked for and kept. */
@Injectable()
export class Thumbnails {
  private readonly logger = new Logger(Thumbnails.name);
  private readonly turns = new Turns(atOnce);
  private readonly records: mongo.Collection<ThumbnailRecord>;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly store: FileStore,
    private readonly config: GatewayConfig,
  ) {
    this.records = connection.collection<ThumbnailRecord>('thumbnails');
  }

  /** WebP; null for what is no picture, is too large a one, or cannot be read. */
  async of(file: UploadRecord): Promise<Buffer | null> {
    if (!pictured.has(file.mediaType) || file.size > maxBytes) return null;
    const kept = await this.records.findOne({ _id: file._id });
    if (kept) return bytesOf(kept);
    if (this.turns.queue >= maxWaiting) return null;
    const made = await this.turns.run(() => this.make(file));
    // Two that were made at once are the same.
    if (made) await this.records.updateOne({ _id: file._id }, { $set: { bytes: made } }, { upsert: true });
    return made;
  }

  async remove({ _id }: UploadRecord): Promise<void> {
    await this.records.deleteOne({ _id });
  }

  private async make({ _id, blob, size }: UploadRecord): Promise<Buffer | null> {
    const content = await buffer(await this.store.read(blob, { start: 0, end: size - 1 }));
    try {
      return await sharp(content, { limitInputPixels: maxPixels, sequentialRead: true, failOn: 'error', animated: false })
        .timeout({ seconds: Math.ceil((2 * this.config.MEDIA_TIMEOUT_MS) / 1_000) })
        .rotate()
        .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 75 })
        .toBuffer();
    } catch (error) {
      this.logger.debug({ attachmentId: _id, reason: String(error) }, 'no thumbnail can be made');
      return null;
    }
  }
}

/** The driver gives a document's bytes in a wrapper of its own. */
const bytesOf = ({ bytes }: ThumbnailRecord): Buffer => ('buffer' in bytes && !Buffer.isBuffer(bytes) ? Buffer.from((bytes as { buffer: Uint8Array }).buffer) : bytes);
