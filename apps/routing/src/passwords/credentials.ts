import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { AppError } from '@relevo/contracts';
import { duplicateKey } from '@relevo/platform';
import { type Connection, type mongo } from 'mongoose';
import { PasswordHasher } from './password-hasher.js';

interface CredentialRecord {
  /** The agent's id. */
  _id: string;
  /** A PHC string. */
  hash: string;
  /** Of the command that set it. */
  setBy: string;
}

/** Passwords' hashes, apart from the journal: they are in no entry, event, view or log, and are replaced for good. */
@Injectable()
export class Credentials implements OnModuleInit {
  private readonly records: mongo.Collection<CredentialRecord>;
  /** Of a password that nobody knows: an unknown agent costs as much work as a known one. */
  private decoy: string;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly hasher: PasswordHasher,
  ) {
    this.records = connection.collection<CredentialRecord>('credentials');
  }

  async onModuleInit(): Promise<void> {
    this.decoy = await this.hasher.hash(randomBytes(32).toString('base64'));
  }

  /** Also the gate: too many at once are refused here, before anything has happened. */
  hash(password: string): Promise<string> {
    return this.hasher.hash(password);
  }

  /**
   * Sets an agent's first password, with its hash. A repeat of the same command finds it there, and then must bring the same one; a
   * later password is not touched.
   */
  async setFirst(agentId: string, { password, hash }: { password: string; hash: string }, commandKey: string): Promise<void> {
    try {
      await this.records.insertOne({ _id: agentId, hash, setBy: commandKey });
    } catch (error) {
      if (!duplicateKey(error)) throw error;
      const stored = await this.records.findOne({ _id: agentId });
      if (stored?.setBy === commandKey && !(await this.hasher.matches(password, stored.hash))) {
        throw new AppError('CONFLICT', 'This commandId was used for another command.', { details: { commandId: 'reused' } });
      }
    }
  }

  async matches(agentId: string, password: string): Promise<boolean> {
    const stored = await this.records.findOne({ _id: agentId });
    const matches = await this.hasher.matches(password, stored?.hash ?? this.decoy);
    return matches && stored !== null;
  }
}
