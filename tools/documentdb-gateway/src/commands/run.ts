import { deserialize } from 'bson';

import { encode } from '../bson/documents.js';
import { EngineError } from '../engine/engine-error.js';
import { CommandError } from '../errors/command-error.js';
import { codeOf, errorReply } from '../errors/error-reply.js';
import type { CommandMessage } from '../wire/messages.js';
import type { Gateway } from './gateway.js';
import { constantReplies } from './handshake.js';
import { commands } from './registry.js';
import { type Request, toRequest } from './request.js';

/** Answers every message; a failure is a reply too. */
export async function runCommand(
  gateway: Gateway,
  message: CommandMessage,
  connectionId: number,
  log: (line: string) => void,
): Promise<Buffer> {
  let request: Request | undefined;
  try {
    request = toRequest(message, connectionId);
    const constant = constantReplies.get(request.name);
    if (constant) {
      const state = { address: gateway.address, available: gateway.engine.available, connectionId, now: new Date() };
      return encode(constant(deserialize(request.body), state));
    }
    const command = commands.get(request.name);
    if (!command) throw new CommandError(59, `no such command: '${request.name}'`);
    return await command(gateway, request);
  } catch (error) {
    const failed = request ?? { name: 'a command', inTransaction: false };
    if (codeOf(error, failed.inTransaction) === 1) log(unexpected(failed.name, error));
    return encode(errorReply(error, failed));
  }
}

/** Without PostgreSQL's detail, which quotes documents. */
function unexpected(name: string, error: unknown): string {
  const sqlState = error instanceof EngineError ? ` ${error.sqlState}` : '';
  return `${name} failed${sqlState}: ${error instanceof Error ? error.message : String(error)}`;
}
