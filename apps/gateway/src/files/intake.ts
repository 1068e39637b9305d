import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { AppError, attachmentLimits, invalid } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { GatewayConfig } from '../config.js';
import { Drain } from '../socket/drain.js';
import { InFlight } from '../socket/in-flight.js';
import { cleanName } from './file-name.js';
import { Measure, peek } from './measure.js';
import { mediaTypeOf, sampleBytes } from './media-type.js';
import { FileStore, type Content } from './store/file-store.js';
import { StoreStalled } from './store/pace.js';
import { type UnsentLimit, UnsentLimits } from './unsent-limits.js';
import type { UploadRecord } from './upload.schema.js';
import { type Beginning, type Received, Uploads } from './uploads.js';
import { type Scan, scanWith } from './virus-scanner.js';
import { VoiceRecordings } from './voice-recordings.js';

/** What its sender says of a file, and its bytes as they come. */
export interface Offer {
  readonly name: string | undefined;
  readonly declaredType: string;
  readonly content: Content;
  /** At most, where that is known before it has come. */
  readonly bytes?: number;
  /** Aborted when its sender is gone. */
  readonly signal?: AbortSignal;
}

/** Whose a file becomes. */
export interface Owner extends Pick<UploadRecord, 'workspaceId' | 'uploader'> {
  /** The attachment's, where it must be this one. */
  readonly id?: string;
  /** What they may have unsent; absent: it is sent at once. */
  readonly unsent?: UnsentLimit;
  /** Throws unless they may bring files. Asked once a file is known to be fit, and before anything of it is kept. */
  readonly requireWelcome?: () => Promise<void>;
}

/** What its sender means it to be. */
export interface Spoken {
  readonly isVoice: boolean;
  /** As long as the sender's recorder says; null when it does not. */
  readonly durationMs: number | null;
}

/** One may be lost, or late. */
const renewalsPerLease = 4;

const inDisguise = (): AppError => new AppError('UNSUPPORTED_MEDIA', 'The file is not what it is said to be.', { errors: [{ path: 'file', message: 'is of another type than it says' }] });

/** What is on its way when a replica stops has this long to arrive. */
const lastMs = 5_000;

/** The one way of a file into the store, whoever brings it. What fails on the way leaves nothing there. */
@Injectable()
export class Intake implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Intake.name);
  private readonly inFlight = new InFlight();
  private readonly stop = new AbortController();

  constructor(
    private readonly uploads: Uploads,
    private readonly store: FileStore,
    private readonly recordings: VoiceRecordings,
    private readonly limits: UnsentLimits,
    private readonly config: GatewayConfig,
    private readonly drain: Drain,
  ) {}

  /** Aborted when this replica has no more time for what its senders have not sent, or what waits for the store. */
  get stopping(): AbortSignal {
    return this.stop.signal;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.drain.finish(), this.inFlight.settle(this, lastMs)]);
    this.stop.abort(new AppError('UNAVAILABLE', 'The file did not arrive in time. Send it again.'));
  }

  /** Stores it. It is an attachment only after `complete`; whoever does not get there discards it. */
  receive(owner: Owner, offer: Offer): Promise<Received> {
    const receiving = this.check(owner, offer);
    this.inFlight.track(this, receiving);
    return receiving;
  }

  private async check({ workspaceId, uploader, id = newId(), unsent, requireWelcome }: Owner, offer: Offer): Promise<Received> {
    const { sample, all } = await peek(offer.content, sampleBytes);
    if (sample.length === 0) throw invalid('file', 'must not be empty');
    const mediaType = await mediaTypeOf(sample, offer.declaredType);
    if (mediaType === null) throw inDisguise();
    await requireWelcome?.();
    const scanner = this.config.virusScanner;
    const scan = scanner && (await scanWith(scanner));
    try {
      const record = await this.begin({ _id: id, workspaceId, uploader, name: cleanName(offer.name), mediaType });
      return await this.storeAdmitted(record, { ...offer, content: all }, scan, unsent);
    } finally {
      scan?.end();
    }
  }

  private async storeAdmitted(record: UploadRecord, { content, bytes = attachmentLimits.bytes, signal }: Offer, scan: Scan | null, unsent: UnsentLimit | undefined): Promise<Received> {
    try {
      if (unsent) await this.limits.admit(record, Math.min(bytes, attachmentLimits.bytes), unsent);
      const measure = new Measure();
      const measured = measure.through(content);
      await this.renewing(record, async () => {
        await this.store.write(record.blob, scan ? scan.through(measured) : measured, signal);
        await scan?.verdict();
      });
      return { record, measured: measure.result };
    } catch (error) {
      // What is still being written would be there after it was removed.
      if (!(error instanceof StoreStalled)) await this.discard(record);
      throw error;
    }
  }

  /** Makes an attachment of it; of sound that is meant as a voice message, one that says how long it is and what it looks like. */
  async complete(received: Received, { isVoice, durationMs }: Spoken): Promise<UploadRecord> {
    const { record, measured } = received;
    const heard = isVoice ? await this.renewing(record, () => this.recordings.read(received, durationMs)) : null;
    if (heard?.recording.isSound === false) throw new AppError('UNSUPPORTED_MEDIA', 'A voice message is sound.', { errors: [{ path: 'file', message: 'is not sound' }] });
    const completed = await this.uploads.complete(record, measured, heard && { voice: heard.recording.voice, timeouts: heard.timeouts });
    if (!completed) throw new AppError('UNAVAILABLE', 'The file took too long. Send it again.');
    return completed;
  }

  /** An id of a webhook's file comes again when its message is repeated; what is left of the first time goes before. */
  private async begin(beginning: Beginning): Promise<UploadRecord> {
    const record = await this.uploads.begin(beginning);
    if (record) return record;
    const abandoned = await this.uploads.takeOver(beginning._id, this.config.uploadLeaseMs);
    if (abandoned) await this.discard(abandoned);
    const anew = abandoned && (await this.uploads.begin(beginning));
    if (!anew) throw new AppError('UNAVAILABLE', 'This file is being stored. Send it again.');
    return anew;
  }

  /** Says again and again that it is not abandoned, for as long as a task takes. */
  private async renewing<T>(record: UploadRecord, task: () => Promise<T>): Promise<T> {
    // What is not renewed in time is only stored again by whoever wants it, and this one then fails.
    const timer = setInterval(() => void this.uploads.renew(record).catch(() => undefined), this.config.uploadLeaseMs / renewalsPerLease);
    try {
      return await task();
    } finally {
      clearInterval(timer);
    }
  }

  /** Never fails: what cannot be removed now is found later, like what a crash leaves. */
  async discard(record: UploadRecord): Promise<void> {
    try {
      await this.store.remove(record.blob);
      await this.uploads.forget(record);
    } catch (error) {
      this.logger.warn({ attachmentId: record._id, reason: String(error) }, 'a file that is not needed stays until it is swept');
    }
  }
}
