import type { Response } from 'express';
import type { Session } from '../auth/authenticator.js';

/** What this process knows of a request on its way, kept in Express's own place for it. */
export interface Locals {
  correlationId: string;
  /** Set by the bearer guard. */
  session?: Session;
  /** Set by the body reader; empty when there was none. */
  rawBody?: Buffer;
}

export const localsOf = (response: Response): Locals => response.locals as Locals;
