import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { AppError, type EntryActor } from '@relevo/contracts';
import { duplicateKey, newId } from '@relevo/platform';
import { type Connection, type mongo } from 'mongoose';
import { PasswordHasher } from './password-hasher.js';

/** A change that the agent's history does not tell of yet. */
export interface UntoldChange {
  commandKey: string;
  workspaceId: string;
  by: EntryActor;
  at: Date;
}

export interface CredentialRecord {
  /** The agent's id. */
  _id: string;
  /** A PHC string. */
  hash: string;
  /** Of the command that set it. */
  setBy: string;
  /** Names this password without saying anything of it; changes in the same write. Absent in records of before there were any. */
  credentialId?: string;
  untold?: UntoldChange;
}

/** Of a record that has none. */
const firstId = 'first';

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
    await this.records.createIndex({ 'untold.at': 1 }, { sparse: true });
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
      await this.records.insertOne({ _id: agentId, hash, setBy: commandKey, credentialId: newId() });
    } catch (error) {
      if (!duplicateKey(error)) throw error;
      await this.assertRepeated(agentId, password, commandKey);
    }
  }

  /** Under one `commandKey` there is one password: another is `CONFLICT`, as long as the first is still in force. */
  async assertRepeated(agentId: string, password: string, commandKey: string): Promise<void> {
    const stored = await this.records.findOne({ _id: agentId });
    if (stored?.setBy === commandKey && !(await this.hasher.matches(password, stored.hash))) {
      throw new AppError('CONFLICT', 'This commandId was used for another command.', { details: { commandId: 'reused' } });
    }
  }

  /**
   * The password and its id in one write, so that from that instant on nothing rests on the one before. `over` is the id
   * that must still be in force. False when it is not.
   */
  async replace(agentId: string, hash: string, credentialId: string, untold: UntoldChange, over?: string): Promise<boolean> {
    const change = { $set: { hash, setBy: untold.commandKey, credentialId, untold } };
    if (over === undefined) {
      await this.records.updateOne({ _id: agentId }, change, { upsert: true });
      return true;
    }
    const before = over === firstId ? { credentialId: { $exists: false } } : { credentialId: over };
    return (await this.records.updateOne({ _id: agentId, ...before }, change)).matchedCount === 1;
  }

  /** Another id for the same password: sessions of before are over. */
  async renew(agentId: string): Promise<void> {
    await this.records.updateOne({ _id: agentId }, { $set: { credentialId: newId() } });
  }

  /** The id of the password that was given, or null when it is wrong; after the same work for an agent who is not there. */
  async verify(agentId: string, password: string): Promise<string | null> {
    const stored = await this.records.findOne({ _id: agentId });
    const matches = await this.hasher.matches(password, stored?.hash ?? this.decoy);
    return matches && stored !== null ? (stored.credentialId ?? firstId) : null;
  }

  async idOf(agentId: string): Promise<string> {
    const stored = await this.records.findOne({ _id: agentId }, { projection: { credentialId: 1 } });
    return stored?.credentialId ?? firstId;
  }

  /** Changes that nobody told since before `olderThan`; oldest first. */
  untold(olderThan: Date, limit: number): Promise<CredentialRecord[]> {
    return this.records
      .find({ 'untold.at': { $lt: olderThan } })
      .sort({ 'untold.at': 1 })
      .limit(limit)
      .toArray();
  }

  async told(agentId: string, commandKey: string): Promise<void> {
    await this.records.updateOne({ _id: agentId, 'untold.commandKey': commandKey }, { $unset: { untold: '' } });
  }
}
