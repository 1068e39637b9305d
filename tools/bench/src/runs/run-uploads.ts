import type { MemoryProbe } from '@relevo/testing';
import type { Bench } from './run.js';
import { Line } from '../scenarios/line.js';
import { type Product, seedDesk } from '../scenarios/product.js';
import { measureUploads, type UploadResult } from '../scenarios/uploads.js';
import { startUploads } from '../uploading/start-uploads.js';

/** Conversations that messages go through in turn. */
const conversations = 16;

/** Messages of two agents, with and without a third one's files, through one gateway. */
export async function runUploads({ plan: { uploads: plan }, progress }: Bench, product: Product, probe: MemoryProbe): Promise<UploadResult> {
  const desk = await progress.step('desk', () => seedDesk(product, conversations), ({ conversationIds }) => `${conversationIds.length} conversations`);
  const { gatewayUrl } = product;
  const place = ({ session }: typeof desk.sender) => ({ url: `${gatewayUrl}/agent`, token: session.accessToken });
  const gatewayPid = product.system.processes.find(({ service }) => service === 'gateway')?.pid;
  if (gatewayPid === undefined) throw new Error('The gateway does not run');
  const line = await Line.open(place(desk.sender), place(desk.receiver));
  const side = {
    line,
    conversationIds: desk.conversationIds,
    gatewayPid,
    memory: () => probe.read(gatewayPid),
    upload: ({ uploads, bytes }: { uploads: number; bytes: number }) => startUploads({ gatewayUrl, token: desk.receiver.session.accessToken, uploads, bytes }),
  };
  try {
    return await progress.step(
      'uploads',
      (say) => measureUploads(side, plan, (round) => say(`${plan.uploads} uploads at once, round ${round} of ${plan.rounds}`)),
      ({ receivedP50Ms, receivedP95Ms, addedResidentBytes }) =>
        `received p50 ${receivedP50Ms.ratio.median.toFixed(2)} and p95 ${receivedP95Ms.ratio.median.toFixed(2)} times as long, ${(addedResidentBytes.max / 1e6).toFixed(0)} MB more in the gateway`,
    );
  } finally {
    line.close();
  }
}
