import { MongoClient } from 'mongodb';

const ofTheServer = ['admin', 'local', 'config'];

/** Kept by a timer of its own, which nobody outside can ask anything. */
const byTimers = /_scheduler$/;

/** Goes by itself after a minute: how many are left tells how long a test took. */
const expiring = 'login_attempts';

/** How many documents there are in each collection of each database. */
export async function storedIn(databaseUrl: string): Promise<Record<string, number>> {
  const client = await MongoClient.connect(databaseUrl);
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    const counted = databases
      .filter(({ name }) => !ofTheServer.includes(name) && !byTimers.test(name))
      .map(async ({ name }) => {
        const collections = await client.db(name).listCollections({}, { nameOnly: true }).toArray();
        const kept = collections.filter((collection) => collection.name !== expiring);
        return Promise.all(kept.map(async (collection) => [`${name}.${collection.name}`, await client.db(name).collection(collection.name).countDocuments()] as const));
      });
    return Object.fromEntries((await Promise.all(counted)).flat().toSorted(([a], [b]) => (a < b ? -1 : 1)));
  } finally {
    await client.close();
  }
}
