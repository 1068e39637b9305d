import type { TestSystem } from '@relevo/testing';
import { type Collection, type Db, MongoClient, type ObjectId } from 'mongodb';

export interface StoredUpload {
  readonly _id: string;
  readonly state: 'receiving' | 'stored' | 'removing';
  readonly blob: string;
  readonly binding: object | null;
  readonly touchedAt?: Date;
}

const hourMs = 60 * 60 * 1000;

/** What the gateways keep of files in their database, looked at and aged past them. */
export class StoredFiles {
  private constructor(
    private readonly client: MongoClient,
    private readonly db: Db,
  ) {}

  static async of({ address }: TestSystem): Promise<StoredFiles> {
    const client = await MongoClient.connect(address.databaseUrl);
    return new StoredFiles(client, client.db(`${address.databasePrefix}_gateway`));
  }

  get uploads(): Collection<StoredUpload> {
    return this.db.collection<StoredUpload>('uploads');
  }

  /** Of all that there are. */
  async ids(): Promise<string[]> {
    return (await this.uploads.find().toArray()).map(({ _id }) => _id);
  }

  /** Pieces of files, with those of none. */
  pieces(): Promise<number> {
    return this.db.collection('files.chunks').countDocuments();
  }

  /** Keys of bytes that no record knows: nobody would ever remove them. */
  async orphans(): Promise<string[]> {
    const known = new Set((await this.uploads.find().toArray()).map(({ blob }) => blob));
    const [whole, pieces] = await Promise.all([this.db.collection('files.files').distinct('_id'), this.db.collection<{ files_id: ObjectId }>('files.chunks').distinct('files_id')]);
    return [...new Set([...whole, ...pieces].map(String))].filter((blob) => !known.has(blob));
  }

  /**
   * As if nobody had touched them for so long; those that no message refers to. What is as old is left alone: whoever is just
   * giving it up goes by the time it was touched.
   */
  async age(hours: number, ids?: readonly string[]): Promise<void> {
    const touchedAt = new Date(Date.now() - hours * hourMs);
    await this.uploads.updateMany({ binding: null, touchedAt: { $gt: touchedAt }, ...(ids && { _id: { $in: [...ids] } }) }, { $set: { touchedAt } });
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
