import { isDeepStrictEqual } from 'node:util';
import type { Audience, ConversationView, LiveEvents } from '@relevo/contracts';
import { readLists, readTimeline } from './reading.js';
import { sameSight, type Sight, sightOf } from './session.js';
import { type Stage, untilKnown } from './stage.js';
import { type Happening, type TrueConversation, type Truth, trueConversation } from './truth.js';

type Told = Parameters<LiveEvents['timeline.entry']>[0];

/**
 * All that happened, from the journals: timelines over REST as a supervisor gets them, and agents. Waits until it has
 * all been published, and holds what was published against it.
 */
export async function tellTruth(
  stage: Stage,
  start: number,
  initial: ReadonlyMap<string, Sight>,
  conversationIds: ReadonlySet<string>,
): Promise<{ truth: Truth; faults: string[] }> {
  const [root] = stage.admin;
  const { conversations: views, agents } = await readLists(root!);
  const mine = views.filter(({ id }) => conversationIds.has(id));
  const conversations = await Promise.all(
    mine.map(async (view) => trueConversation(view.id, await openedFor(stage, start, view), await readTimeline(root!, view.id))),
  );
  for (const { id, entries } of conversations) {
    await untilKnown(stage, start, (one) => one.noun === 'entry' && one.conversationId === id && one.seq === entries.length);
  }
  for (const agent of agents) {
    const sight = sightOf(agent);
    const isTold = (): boolean => sameSight(lastSight(stage.witness.after(start).happenings, agent.id) ?? initial.get(agent.id) ?? sight, sight);
    if (!isTold()) await untilKnown(stage, start, isTold);
  }
  const { happenings, faults } = stage.witness.after(start);
  const unlisted = [...conversationIds].filter((id) => !mine.some((view) => view.id === id));
  const custody = mine.flatMap(({ id, teamId, assigneeId }) => {
    const { audiences } = conversations.find((one) => one.id === id)!;
    return isDeepStrictEqual(audiences.at(-1), { teamId, assigneeId }) ? [] : [`${id}: its timeline says ${JSON.stringify(audiences.at(-1))}, its view ${JSON.stringify({ teamId, assigneeId })}`];
  });
  return {
    truth: { conversations: new Map(conversations.map((one) => [one.id, one])), happenings, initial },
    faults: [...faults, ...unlisted.map((id) => `${id} is in no list`), ...custody, ...conversations.flatMap((one) => faultsOfPublished(one, happenings))],
  };
}

/** For whom a conversation was opened: for its channel's team, or for the agent who wrote first. */
async function openedFor(stage: Stage, start: number, { id, channelId, direction }: ConversationView): Promise<Audience> {
  if (direction === 'inbound') return { teamId: stage.teamOfChannel.get(channelId) ?? null, assigneeId: null };
  // Its team rests on what teams the agent had just then, which no timeline tells.
  const isOpening = (one: Happening): one is Extract<Happening, { noun: 'entry' }> => one.noun === 'entry' && one.conversationId === id && one.seq === 1;
  await untilKnown(stage, start, isOpening);
  const { conversation } = JSON.parse(stage.witness.after(start).happenings.find(isOpening)!.payload) as Told;
  return { teamId: conversation.teamId, assigneeId: conversation.assigneeId };
}

function lastSight(happenings: readonly Happening[], agentId: string): Sight | undefined {
  return happenings.flatMap((one) => (one.noun === 'agent' && one.agentId === agentId ? [one.sight] : [])).at(-1);
}

/** Every entry once, in order, as the timeline has it, with the conversation as it was right after. */
function faultsOfPublished({ id, entries, audiences }: TrueConversation, happenings: readonly Happening[]): string[] {
  const told = happenings.flatMap((one) => (one.noun === 'entry' && one.conversationId === id ? [JSON.parse(one.payload) as Told] : []));
  const seqs = told.map(({ seq }) => seq);
  if (!isDeepStrictEqual(seqs, entries.map(({ seq }) => seq))) return [`${id}: a supervisor was told entries ${seqs.join()} of ${entries.length}`];
  return told.flatMap(({ seq, entry, conversation }, index) => {
    const { teamId, assigneeId } = conversation;
    if (!isDeepStrictEqual(entry, entries[index])) return [`${id}: entry ${seq} was told as ${JSON.stringify(entry)}`];
    return conversation.seq === seq && isDeepStrictEqual({ teamId, assigneeId }, audiences[seq]) ? [] : [`${id}: with entry ${seq} came ${JSON.stringify(conversation)}`];
  });
}
