import mongoose from 'mongoose';
import type { ApiClient } from '@relevo/start';
import { StoredConversations } from '@relevo/testing';
import type { Bench } from './run.js';
import type { Pair } from '../measuring/rounds.js';
import { type Crowd, seedCrowd } from '../scenarios/crowd.js';
import { type ExaminedPage, examineLists } from '../scenarios/examined.js';
import { openSocket } from '../scenarios/line.js';
import { type ListResult, measureAlone, measureLists, type Readers } from '../scenarios/lists.js';
import type { Product } from '../scenarios/product.js';
import { StatementLog } from '../scenarios/statements.js';

/** The large workspace is the subject, the small one the reference. */
export type TwoCrowds = Pair<Crowd>;

const open = ({ gatewayUrl }: Product, client: ApiClient) => openSocket({ url: `${gatewayUrl}/agent`, token: client.session.accessToken });

const readersOf = async (product: Product, { agent, supervisor }: Crowd): Promise<Readers> => ({ agent: await open(product, agent), supervisor: await open(product, supervisor) });

function close(...all: readonly Readers[]): void {
  for (const { agent, supervisor } of all) for (const socket of [agent, supervisor]) socket.disconnect();
}

export async function runLists({ stack, plan: { lists: plan }, progress, databasePrefix }: Bench, product: Product): Promise<{ crowds: TwoCrowds; pages: ListResult[] }> {
  const stored = await StoredConversations.open(stack.database.url, `${databasePrefix}_conversations`);
  const fill = ({ workspaceId }: Crowd, wanted: number, say: (line: string) => void): Promise<void> =>
    stored.fillUp(workspaceId, wanted, (count) => say(`${count} of ${wanted} conversations`));
  const small = await progress.step('crowd', async (say) => {
    const crowd = await seedCrowd(product, plan.originals);
    await fill(crowd, plan.small, say);
    return crowd;
  }, () => `${plan.small} conversations`);
  const reference = await readersOf(product, small);
  const alone = await progress.step('lists', () => measureAlone(reference, plan), () => `${plan.small} conversations by themselves`);
  const large = await progress.step('crowd', async (say) => {
    const crowd = await seedCrowd(product, plan.originals);
    await fill(crowd, plan.large, say);
    return crowd;
  }, () => `${plan.large} conversations beside them`);
  await stored.close();
  const subject = await readersOf(product, large);
  const pages = await progress.step(
    'lists',
    (say) => measureLists({ subject, reference }, alone, plan, ({ order, viewer, tray }, round) => say(`${order}, ${viewer}, ${tray}: round ${round} of ${plan.rounds}`)),
    (results) => `first pages at ${plan.large}: ${results.map(({ firstPageP50Ms }) => firstPageP50Ms.ratio.median.toFixed(2)).join(', ')} times those at ${plan.small}`,
  );
  close(subject, reference);
  return { crowds: { subject: large, reference: small }, pages };
}

/** On a system that logs what it asks of its database. */
export async function examineCrowds({ stack, plan: { lists: plan }, progress, databasePrefix }: Bench, product: Product, { subject, reference }: TwoCrowds, logFile: string): Promise<ExaminedPage[]> {
  const client = await new mongoose.mongo.MongoClient(stack.database.url).connect();
  try {
    return await progress.step('explain', async () => {
      const database = client.db(`${databasePrefix}_conversations`);
      const log = new StatementLog(logFile);
      const pages: ExaminedPage[] = [];
      for (const [crowd, conversations] of [[reference, plan.small], [subject, plan.large]] as const) {
        const readers = await readersOf(product, crowd);
        pages.push(...(await examineLists(database, log, readers, conversations)));
        close(readers);
      }
      return pages;
    }, (pages) => `${Math.max(...pages.map(({ keys }) => keys))} index keys at most for a page`);
  } finally {
    await client.close();
  }
}
