import {
  addNote,
  type BotActor,
  claimConversation,
  closeConversation,
  type ConversationChanged,
  handOverConversation,
  markConversationRead,
  markConversationUnread,
  releaseConversation,
  sendMessage,
} from '@relevo/contracts';
import type { MessageBus } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import { ApiClient } from '../client/api-client.js';
import { postInbound } from '../client/inbound.js';
import { patiently } from './patiently.js';
import { found, type WorkspaceInPlace } from './seed-workspace.js';
import type { Step, Story } from './story.js';

/** Agents of a team type no faster than this either; and a small machine has other things to do. */
const atOnce = 6;

interface Stage {
  readonly bus: MessageBus;
  readonly gatewayUrl: string;
  readonly workspace: WorkspaceInPlace;
  readonly clients: ReadonlyMap<string, ApiClient>;
}

/** Where a story stands: nothing is known of it before its first message. */
interface Place {
  readonly conversationId: string;
  readonly seq: number;
}

/** Lets the stories happen the way they would: customers write through their channels, agents answer through the API. */
export async function tellStories(
  bus: MessageBus,
  gatewayUrl: string,
  workspace: WorkspaceInPlace,
  stories: readonly Story[],
  onTold: (told: number) => void = () => undefined,
): Promise<void> {
  const actors = new Set(stories.flatMap(({ steps }) => steps.flatMap((step) => ('agent' in step ? [step.agent] : []))));
  const clients = new Map(
    await Promise.all(
      [...actors].map(async (key) => [key, await patiently(() => ApiClient.login(gatewayUrl, found(workspace.accounts, key)))] as const),
    ),
  );
  const stage: Stage = { bus, gatewayUrl, workspace, clients };
  const queue = byCustomer(stories);
  let told = 0;
  const tell = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      for (const story of next) {
        await tellStory(stage, story);
        onTold(++told);
      }
    }
  };
  const tellers = Array.from({ length: atOnce }, tell);
  try {
    await Promise.all(tellers);
  } finally {
    // After a failure nothing more is begun, and nothing goes on behind the caller's back.
    queue.length = 0;
    await Promise.allSettled(tellers);
  }
}

/** Stories of one customer follow each other: a second one begins when the first is closed. */
function byCustomer(stories: readonly Story[]): Story[][] {
  return [...Map.groupBy(stories, ({ channel, customer }) => `${channel} ${customer.externalId}`).values()];
}

async function tellStory(stage: Stage, story: Story): Promise<void> {
  let place: Place | undefined;
  for (const [index, step] of story.steps.entries()) {
    const commandId = `demo-${story.key}-${index}`;
    place = await patiently(() => tellStep(stage, story, step, commandId, place));
  }
}

async function tellStep(stage: Stage, story: Story, step: Step, commandId: string, place: Place | undefined): Promise<Place> {
  if (step.does === 'write') return customerWrites(stage, story, step.text, commandId);
  if (place === undefined) throw new Error(`The story ${story.key} begins with something else than a customer's message`);
  if (step.does === 'hand-over') {
    await handOver(stage, place, step.team, commandId);
    return place;
  }
  const { entry } = await agentActs(found(stage.clients, step.agent), stage, step, commandId, place);
  // The entry's: told again, it is the first one, while the conversation has gone on.
  return { ...place, seq: entry?.seq ?? place.seq };
}

async function customerWrites({ gatewayUrl, workspace }: Stage, { channel, customer }: Story, text: string, externalMessageId: string): Promise<Place> {
  const { externalId, name, attributes } = customer;
  return postInbound(gatewayUrl, found(workspace.channelKeys, channel), { from: externalId, name, attributes, text, externalMessageId });
}

/** Bots have no public way in yet: this one speaks over NATS as the bot itself. */
async function handOver({ bus, workspace }: Stage, { conversationId }: Place, team: string | null, commandId: string): Promise<void> {
  const actor: BotActor = { kind: 'bot', workspaceId: workspace.id, id: 'demo-bot', name: 'Bot' };
  const teamId = team === null ? null : found(workspace.teamIds, team);
  await bus.request(handOverConversation, { conversationId, teamId, commandId }, { actor, correlationId: newId() });
}

type AgentStep = Extract<Step, { agent: string }>;

function agentActs(agent: ApiClient, { workspace }: Stage, step: AgentStep, commandId: string, { conversationId, seq }: Place): Promise<ConversationChanged> {
  const command = { conversationId, commandId };
  switch (step.does) {
    case 'claim':
      return agent.call(claimConversation, command);
    case 'release':
      return agent.call(releaseConversation, command);
    case 'read':
      return agent.call(markConversationRead, { ...command, upToSeq: seq });
    case 'mark-unread':
      return agent.call(markConversationUnread, command);
    case 'close':
      return agent.call(closeConversation, command);
    case 'say':
      return agent.call(sendMessage, { ...command, text: step.text });
    case 'note':
      return agent.call(addNote, { ...command, text: step.text, mentions: step.mentions.map((key) => found(workspace.accounts, key).id) });
  }
}
