import type { AttachmentLink, AttachmentVariant, AttachmentView, MeView, OperationName } from '@relevo/contracts';
import { newCommandId } from '../api/command-id.js';
import { aborted, RelevoError } from '../api/error.js';
import { type CommandName, eventOf, type QueryName, type ReplyOf, type RequestOf } from '../api/operations.js';
import { type RestRequest, restRequestOf } from '../api/rest-request.js';
import type { FormRequest, Rest } from '../api/rest.js';
import type { Connection } from '../connection/connection.js';
import type { Session } from '../session/session.js';
import { untilAnswered } from './until-answered.js';

export interface AskOptions {
  /** Whoever asked does not wait any more: `ABORTED`. A command under way may still be done. */
  readonly signal?: AbortSignal;
}

export interface CommandOptions extends AskOptions {
  /** Only to repeat a command that was begun before: the first answer again. */
  readonly commandId?: string;
  /** Told of each failure that passes; it is asked again after it. */
  readonly onFailure?: (error: RelevoError) => void;
}

/** What is asked of a gateway as the agent who is signed in. */
export class Requests {
  constructor(
    private readonly session: Session,
    private readonly rest: Rest,
    private readonly connection: Pick<Connection, 'isLive' | 'ask'>,
  ) {}

  /** Once, over REST. */
  async ask<N extends QueryName>(name: N, body: RequestOf<N>, { signal }: AskOptions = {}): Promise<ReplyOf<N>> {
    return (await this.exchange(restRequestOf(name, { ...body }), signal)) as ReplyOf<N>;
  }

  /** The agent as they see themselves; the gateway's own route, and no operation. */
  async me(): Promise<MeView> {
    return (await this.exchange({ method: 'GET', path: '/v1/me', headers: {} })) as MeView;
  }

  /** Like `me`, no operation; once. */
  async upload(request: FormRequest, signal: AbortSignal): Promise<AttachmentView> {
    return (await this.withToken((token) => this.rest.upload(request, token, signal))) as AttachmentView;
  }

  /** Once. */
  async withdrawFile(attachmentId: string): Promise<void> {
    await this.exchange({ method: 'DELETE', path: `/v1/attachments/${encodeURIComponent(attachmentId)}`, headers: {} });
  }

  async fileLink(attachmentId: string, variant: AttachmentVariant): Promise<AttachmentLink> {
    return (await this.exchange({ method: 'GET', path: `/v1/attachments/${encodeURIComponent(attachmentId)}/link?variant=${variant}`, headers: {} })) as AttachmentLink;
  }

  private exchange(request: RestRequest, signal?: AbortSignal): Promise<unknown> {
    return this.withToken((token) => this.rest.exchange(request, token, signal));
  }

  /**
   * Asks until it is answered or refused, with the same `commandId` each time, so that it is done once however often it
   * is asked: over the socket while that is live, else over REST.
   */
  async command<N extends CommandName>(name: N, body: RequestOf<N>, { signal, onFailure, commandId = newCommandId() }: CommandOptions = {}): Promise<ReplyOf<N>> {
    const whole = { ...body, commandId };
    return (await untilAnswered(() => this.once(name, whole, signal), { signal, onFailure })) as ReplyOf<N>;
  }

  private async once(name: OperationName, body: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<unknown> {
    const event = eventOf(name);
    if (event !== undefined && this.connection.isLive) {
      try {
        return await untilAborted(this.connection.ask(event, body), signal);
      } catch (error) {
        // The socket's token ended before its time; over REST it turns out whether the session did.
        if (!isUnauthenticated(error)) throw error;
      }
    }
    return this.exchange(restRequestOf(name, body), signal);
  }

  /** A token may end between two looks at the clock; then once more with the next. */
  private async withToken<T>(ask: (token: string) => Promise<T>): Promise<T> {
    const token = await this.session.token();
    try {
      return await ask(token);
    } catch (error) {
      if (!isUnauthenticated(error)) throw error;
      return ask(await this.session.renew(token));
    }
  }
}

const isUnauthenticated = (error: unknown): boolean => error instanceof RelevoError && error.code === 'UNAUTHENTICATED';

async function untilAborted<T>(answer: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return answer;
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(aborted());
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([answer, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
