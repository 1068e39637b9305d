import { createHash } from 'node:crypto';
import { queueOf } from '@relevo/contracts';
import type { Projection } from '@relevo/journal';
import { copyOf } from '@relevo/testing';
import type { mongo } from 'mongoose';
import type { ConversationState } from '../src/conversation/conversation.js';
import { anAgent, ConversationStory } from './a-conversation.js';

/** How many conversations a workspace has, and among how many they are shared out. */
export interface CrowdSize {
  readonly conversations: number;
  readonly teams: number;
  readonly agents: number;
  readonly customers: number;
}

export const crowdWorkspace = 'sur';

const tags = 30;

export const teamOf = (n: number): string => `team-${n}`;
export const agentOf = (n: number): string => `agent-${n}`;
export const tagOf = (n: number): string => `tag-${n}`;
export const customerOf = (n: number): string => `customer-${n}`;

/** Between two conversations: none shares its place with many. */
const apartMs = 1_000;

const ana = anAgent('ana');
const boss = anAgent('boss', { role: 'supervisor' });

/** A story for each way in which a conversation can stand: most wait or are answered, more are closed than open. */
const stories: readonly ConversationStory[] = ([[], ['close'], ['close']] as const).flatMap((end) =>
  [
    (story: ConversationStory) => story.writes(),
    (story: ConversationStory) => story.does({ type: 'claim', agent: ana }),
    (story: ConversationStory) => [story.writes(), story.does({ type: 'claim', agent: ana })],
    (story: ConversationStory) => [story.does({ type: 'claim', agent: ana }), story.writes(), story.answers(ana)],
    (story: ConversationStory) => [story.does({ type: 'claim', agent: ana }), story.answers(ana), story.does({ type: 'mark-unread', agent: ana })],
  ].flatMap((happens) =>
    (['bot', 'unassigned', 'unassigned'] as const).map((startsIn) => {
      const story = ConversationStory.opened({ startsIn });
      happens(story);
      for (const type of end) story.does({ type, agent: boss });
      return story;
    }),
  ),
);

/** One of so many, the same each time, and of no kind that goes with another. */
const drawn = (what: string, index: number, of: number): number => createHash('sha256').update(`${what} ${index}`).digest().readUInt32BE() % of;

/** The nth conversation of a crowd, the newest first, as the service itself would have stored it. */
function conversationOf({ teams, agents, customers }: CrowdSize, index: number): Projection<ConversationState> {
  const story = stories[drawn('story', index, stories.length)]!;
  const copy = copyOf({ ...story.now, _id: 'c' }, index, index * apartMs);
  const team = drawn('team', index, teams + 1);
  const teamId = team === teams ? null : teamOf(team);
  // One customer who writes again and again, as one tag is put on much.
  const customer = drawn('again', index, 50) === 0 ? 0 : drawn('customer', index, customers);
  const tag = drawn('tag', index, 5 * tags);
  return {
    ...copy,
    workspaceId: crowdWorkspace,
    teamId,
    queue: queueOf(teamId),
    assigneeId: copy.assigneeId && agentOf(drawn('agent', index, agents)),
    direction: drawn('direction', index, 12) === 0 ? 'outbound' : 'inbound',
    customer: { id: customerOf(customer), name: `Cliente ${customer}` },
    ...(drawn('mention', index, 9) === 0 && { hasMentions: true, mentions: [0, 2].map((n) => ({ agentId: agentOf(n), seq: 2 })) }),
    tagIds: [...(drawn('much', index, 8) === 0 ? [tagOf(0)] : []), ...(tag > 0 && tag < tags ? [tagOf(tag)] : [])],
  };
}

const batch = 1_000;

/** Stores a whole crowd. Nothing of it has a journal: what reads projections alone asks for none. */
export async function storeCrowd(projections: mongo.Collection<Projection<ConversationState>>, size: CrowdSize): Promise<void> {
  for (let stored = 0; stored < size.conversations; stored += batch) {
    const conversations = Array.from({ length: Math.min(batch, size.conversations - stored) }, (_, offset) => conversationOf(size, stored + offset));
    await projections.insertMany(conversations, { ordered: false });
  }
}
