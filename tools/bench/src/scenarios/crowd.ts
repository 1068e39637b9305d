import { claimConversation, sendMessage } from '@relevo/contracts';
import { ApiClient, postInbound } from '@relevo/start';
import { seedWorkspace } from '@relevo/testing';
import type { Product } from './product.js';

/** A workspace whose lists are read: by an agent of two teams, and by a supervisor. */
export interface Crowd {
  readonly workspaceId: string;
  readonly agent: ApiClient;
  readonly supervisor: ApiClient;
}

/**
 * Conversations of two teams and of none, with the bot, waiting, assigned to the agent or to others, answered or not:
 * every kind of row that a list tells apart, by the product's own means.
 */
export async function seedCrowd({ operator, gatewayUrl }: Product, perChannel: number): Promise<Crowd> {
  const { id, agents, channels } = await seedWorkspace(operator, {
    teams: ['sales', 'support', 'billing'],
    agents: { ana: { teams: ['sales', 'support'] }, luis: { teams: ['sales', 'support', 'billing'] }, eva: { role: 'supervisor' } },
    channels: { sales: { team: 'sales' }, support: { team: 'support' }, billing: { team: 'billing' }, open: {}, greeted: { bot: true } },
  });
  const [agent, colleague, supervisor] = [await ApiClient.login(gatewayUrl, agents.ana), await ApiClient.login(gatewayUrl, agents.luis), await ApiClient.login(gatewayUrl, agents.eva)];
  for (const [name, channel] of Object.entries(channels)) {
    for (let index = 0; index < perChannel; index++) {
      const { conversationId } = await postInbound(gatewayUrl, channel, { from: `${name}-${index}`, name: `Customer ${index}`, text: 'Where is my order?' });
      if (name === 'greeted' || index % 3 === 0) continue;
      const assignee = index % 3 === 1 && name !== 'billing' ? agent : colleague;
      await assignee.call(claimConversation, { conversationId });
      if (index % 2 === 0) await assignee.call(sendMessage, { conversationId, text: 'It is on its way.' });
    }
  }
  return { workspaceId: id, agent, supervisor };
}
