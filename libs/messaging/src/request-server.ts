import { ServerNats } from '@nestjs/microservices';
import type { Msg } from '@nats-io/transport-node';

/** What our connections and NATS's own tools listen to for answers. */
const inbox = /^_INBOX[._]/;

/**
 * Answers go to inboxes alone. Whoever asks names the subject of the answer, and NATS lets a service that was asked
 * publish there whatever its lists say: a part that was taken over could so have it write to a stream, or purge one.
 */
export class RequestServer extends ServerNats {
  override async handleMessage(channel: string, message: Msg): Promise<unknown> {
    if (message.reply && !inbox.test(message.reply)) {
      this.logger.warn(`a request on ${message.subject} wants its answer on ${message.reply}: dropped`);
      return undefined;
    }
    return super.handleMessage(channel, message) as Promise<unknown>;
  }
}
