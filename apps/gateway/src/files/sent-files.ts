import { Injectable, Logger } from '@nestjs/common';
import { AppError, type AttachmentView, httpStatusOf } from '@relevo/contracts';
import type { Binding, UploadRecord } from './upload.schema.js';
import { attachmentOf, Uploads } from './uploads.js';

/** A message on its way to its owner. */
export interface Sending {
  /** The files that it names, in its order. */
  readonly ids: readonly string[];
  readonly sender: Pick<UploadRecord, 'workspaceId' | 'uploader'>;
  /** Of the sender's command: the same for a repeat of it, and no other's. */
  readonly key: string;
}

/** Whether it is sure that nothing happened. */
const isRefusal = (error: unknown): boolean => error instanceof AppError && httpStatusOf[error.code] < 500;

/**
 * Each file goes with one message. It is claimed for the message before that is asked for, and bound to its conversation
 * when it is answered. A crash, or an answer that did not come, leaves it claimed: a repeat of the command finishes it, and
 * so does whoever is told of the message and asks for the file.
 */
@Injectable()
export class SentFiles {
  private readonly logger = new Logger(SentFiles.name);

  constructor(private readonly uploads: Uploads) {}

  /** `send` is given what is known of those files that the sender may send; what it says to the others is its own. */
  async send<T>({ ids, sender, key }: Sending, send: (attachments: AttachmentView[]) => Promise<T>, bindingIn: (answer: T) => Binding): Promise<T> {
    const records = await Promise.all(ids.map((id) => this.uploads.claim(id, sender, key)));
    const claimed = records.filter((record) => record !== null);
    try {
      const answer = await send(claimed.map(attachmentOf));
      await this.bind(claimed, bindingIn(answer));
      return answer;
    } catch (error) {
      if (isRefusal(error)) await this.release(claimed, key);
      throw error;
    }
  }

  /** The message is in: that this is not written yet is no reason to say otherwise. */
  private async bind(claimed: readonly UploadRecord[], binding: Binding): Promise<void> {
    try {
      await this.uploads.bind(claimed.map(({ _id }) => _id), binding);
    } catch (error) {
      this.logger.warn({ conversationId: binding.conversationId, reason: String(error) }, 'files of a message are bound when they are asked for');
    }
  }

  private async release(claimed: readonly UploadRecord[], key: string): Promise<void> {
    try {
      await Promise.all(claimed.map(({ _id }) => this.uploads.release(_id, key)));
    } catch (error) {
      this.logger.warn({ reason: String(error) }, 'files of a refused message go with no other one');
    }
  }
}
