import { Injectable } from '@nestjs/common';
import { AppError, type InboundAttachment, type InboundMessage, invalid } from '@relevo/contracts';
import { digestId, Reach } from '@relevo/platform';
import { GatewayConfig } from '../config.js';
import { fetchFile, NotFetched } from '../files/fetch-file.js';
import { Intake, type Offer } from '../files/intake.js';
import { uploaderOf } from '../files/uploader.js';
import { Uploads } from '../files/uploads.js';

/** Whose message it is. */
interface Origin {
  readonly workspaceId: string;
  readonly channelId: string;
}

/** Files that come with a customer's message through a channel's webhook: in it, or at a URL that it names. */
@Injectable()
export class InboundFiles {
  private readonly reach: Reach;

  constructor(
    private readonly uploads: Uploads,
    private readonly intake: Intake,
    private readonly config: GatewayConfig,
  ) {
    this.reach = new Reach(config.INBOUND_URL_HOSTS);
  }

  /** Stores them, one after the other, and answers their ids. Of a message that is repeated they are there already. */
  async receive({ workspaceId, channelId }: Origin, { externalMessageId, message: { attachments = [] } }: InboundMessage): Promise<string[]> {
    const signal = AbortSignal.timeout(this.config.INBOUND_FETCH_MS);
    const ids: string[] = [];
    for (const [place, attachment] of attachments.entries()) {
      const id = digestId('inbound-attachment', channelId, externalMessageId, place);
      if (!(await this.uploads.find(workspaceId, id))) await this.store({ workspaceId, uploader: uploaderOf.channel(channelId), id }, attachment, pathOf(place), signal);
      ids.push(id);
    }
    return ids;
  }

  private async store(whose: { workspaceId: string; uploader: string; id: string }, attachment: InboundAttachment, path: string, signal: AbortSignal): Promise<void> {
    try {
      const received = await this.intake.receive(whose, await this.offerOf(attachment, signal));
      try {
        await this.intake.complete(received, { isVoice: attachment.voice ?? false, durationMs: null });
      } catch (error) {
        await this.intake.discard(received.record);
        throw error;
      }
    } catch (error) {
      throw named(error, path);
    }
  }

  private async offerOf({ url, contentBase64 = '', mediaType, name }: InboundAttachment, signal: AbortSignal): Promise<Offer> {
    if (url === undefined) return { name, declaredType: mediaType, content: once(Buffer.from(contentBase64, 'base64')) };
    if (!this.config.INBOUND_URLS) throw new NotFetched('is not fetched by this installation');
    return { name, declaredType: mediaType, content: await fetchFile(url, this.reach, signal) };
  }
}

const pathOf = (place: number): string => `message.attachments.${place}`;

// eslint-disable-next-line @typescript-eslint/require-await -- content comes as it comes
async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield bytes;
}

/** Whoever sent the message knows the file by its place in it. */
function named(error: unknown, path: string): unknown {
  if (error instanceof NotFetched) return invalid(`${path}.url`, error.message);
  if (error instanceof AppError) return error.errors ? new AppError(error.code, error.message, { errors: error.errors.map(({ message }) => ({ path, message })) }) : error;
  // It was broken off on its way.
  return error instanceof Error && 'code' in error && ['ECONNRESET', 'ABORT_ERR', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(error.code))
    ? new AppError('UNAVAILABLE', 'A file did not arrive whole. Send it again.', { cause: error })
    : error;
}
