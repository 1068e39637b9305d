import { readFile } from 'node:fs/promises';
import mongoose from 'mongoose';

/** What a service asks of its database, as the driver logs it. */
export const statementLog = {
  MONGODB_LOG_COMMAND: 'debug',
  MONGODB_LOG_PATH: 'stdout',
  // Whole, so that it can be asked again; what is longer would be cut by the log itself.
  MONGODB_LOG_MAX_DOCUMENT_LENGTH: '9000',
} as const;

export type Statement = Record<string, unknown>;

/** The driver writes objects as Node shows them, the command in them as Extended JSON. */
const loggedCommand = /message: 'Command started', command: '(\{.*\})' \}$/;

/** Every command in this part of a log, in order. */
export function statementsIn(log: string): Statement[] {
  return log.split('\n').flatMap((line) => {
    const [, json] = loggedCommand.exec(line) ?? [];
    return json === undefined ? [] : [mongoose.mongo.BSON.EJSON.parse(json.replaceAll('\\\\', '\\').replaceAll("\\'", "'")) as Statement];
  });
}

/** Reads what a service has asked of its database since the last time. */
export class StatementLog {
  private read = 0;

  constructor(private readonly file: string) {}

  async next(): Promise<Statement[]> {
    const text = await readFile(this.file, 'utf8');
    const fresh = text.slice(this.read);
    this.read = text.length;
    return statementsIn(fresh);
  }
}
