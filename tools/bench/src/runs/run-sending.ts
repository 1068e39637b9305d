import type { Bench } from './run.js';
import { copyConversations } from '../floor/copy-conversations.js';
import { startFloor } from '../floor/start-floor.js';
import { descendantsOf } from '../measuring/processes.js';
import { Line } from '../scenarios/line.js';
import { type Product, seedDesk } from '../scenarios/product.js';
import { measureSending, type SendResult } from '../scenarios/send.js';

/** Product and floor side by side on one engine, asked in turns. */
export async function runSending({ stack, plan, progress, engine, databasePrefix }: Bench, product: Product): Promise<SendResult[]> {
  const database = `${databasePrefix}_floor`;
  const desk = await progress.step('desk', () => seedDesk(product, Math.max(...plan.send.map(({ inFlight }) => inFlight))), ({ conversationIds }) => `${conversationIds.length} conversations`);
  await copyConversations(stack.database.url, `${databasePrefix}_conversations`, database, desk.conversationIds);
  const floor = await progress.step('floor', () => startFloor({ stack, database }), ({ pids }) => `${pids.length} processes`);
  try {
    const place = (client: typeof desk.sender) => ({ url: `${product.gatewayUrl}/agent`, token: client.session.accessToken });
    const line = await Line.open(place(desk.sender), place(desk.receiver));
    const floorLine = await Line.open({ url: floor.gatewayUrl }, { url: floor.gatewayUrl });
    const { conversationIds } = desk;
    const sides = {
      subject: { line, conversationIds, pids: product.pids },
      reference: { line: floorLine, conversationIds, pids: floor.pids },
    };
    const results: SendResult[] = [];
    for (const each of plan.send) {
      // Not only those of the start: the database opens processes for connections.
      const known = new Set([process.pid, ...product.pids, ...floor.pids]);
      const engineNow = engine.length === 0 ? [] : descendantsOf(process.pid).filter((pid) => !known.has(pid));
      const measured = await progress.step(
        'send',
        (say) => measureSending(sides, engineNow, each, (round) => say(`${each.inFlight} in flight, round ${round} of ${each.rounds}`)),
        ({ receivedP50Ms: { subject, ratio } }) => `${each.inFlight} in flight: received p50 ${subject.median.toFixed(2)} ms, ${ratio.median.toFixed(2)} times the floor`,
      );
      results.push(measured);
    }
    line.close();
    floorLine.close();
    return results;
  } finally {
    await floor.stop();
  }
}
