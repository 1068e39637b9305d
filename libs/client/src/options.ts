import type { Fetch } from './api/rest.js';
import type { SendForm } from './files/send-form.js';
import type { OpenSocket } from './connection/socket.js';
import type { Locks } from './session/locks.js';
import type { KeyValueStorage } from './session/storage.js';

/** All of it may be left out in a browser, but then nobody stays signed in over a reload. */
export interface ClientOptions {
  /** Where the gateway is (`https://chat.example`); that of the page when absent. Of several, the next is tried when one is away. */
  readonly gateways?: readonly string[];
  /** Keeps the sign-in and what was not sent; both are gone with the page when absent. */
  readonly storage?: KeyValueStorage;
  /** Over all that share the storage; the browser's own when absent. */
  readonly locks?: Locks;
  /** How long an answer over REST may take, in ms; 15 s when absent. */
  readonly timeoutMs?: number;
  readonly fetch?: Fetch;
  /** How a form with a file is sent; as the browser does, or `fetch`, when absent. */
  readonly sendForm?: SendForm;
  readonly openSocket?: OpenSocket;
}
