import type { WidgetAuth } from '@relevo/contracts';
import type { Refusal } from '../api/error.js';
import type { Fetch } from '../api/rest.js';
import type { LinkState } from '../connection/link.js';
import type { OpenSocket } from '../connection/socket.js';
import type { SendForm } from '../files/send-form.js';
import type { KeyValueStorage } from '../session/storage.js';

export interface WidgetOptions {
  /** Of a `webchat` channel. It is no secret. */
  readonly channelId: string;
  /** Where the gateway is (`https://chat.example`); that of the page when absent. */
  readonly gateways?: readonly string[];
  /** Keeps who the visitor is and what was not sent; both are gone with the page when absent. */
  readonly storage?: KeyValueStorage;
  /** Tells visitors apart who share a storage: a page that plays several of them. */
  readonly visitor?: string;
  /** The site's own user, vouched for by its server: hex HMAC-SHA256 of `userId` with the channel's secret. */
  readonly user?: Required<Pick<WidgetAuth, 'userId' | 'userHash'>>;
  /** What the customer is called, as they say: agents see it. `introduce` changes it. */
  readonly name?: string;
  readonly fetch?: Fetch;
  /** As `ClientOptions` has it. */
  readonly sendForm?: SendForm;
  readonly openSocket?: OpenSocket<WidgetAuth>;
}

export interface WidgetConnection extends LinkState {
  /** Why the last handshake was refused; null when it was not, or could not be asked. */
  readonly refusal: Refusal | null;
}
