import { AppError, type ConversationPage, conversationSorts, type ConversationView, getConversation, getCounts, getTimeline, listConversations, listTrays, statuses } from '@relevo/contracts';
import { type Name, names } from './cast.js';
import type { Conversation } from './conversation.js';
import { compare, Difference } from './difference.js';
import { countsOf, listOf, type ListQuery } from './lists.js';
import type { Dice } from './dice.js';
import type { Stage } from './stage.js';
import { viewOf } from './views.js';
import { sees, type World } from './world.js';

/** Lists and conversations that are asked for at once. */
const atOnce = 8;

const pick = <T>(dice: Dice, of: readonly T[]): T => of[dice(of.length)]!;

/** After each command: somebody looks at a list, sometimes somebody opens something, or looks at their counters. */
export async function glance(stage: Stage, world: World, dice: Dice): Promise<void> {
  const query = { tray: pick(dice, listTrays), status: dice(4) === 0 ? ('closed' as const) : ('active' as const), sort: pick(dice, conversationSorts) };
  const conversation = world.conversations.at(-1 - dice(Math.min(4, world.conversations.length)));
  await Promise.all([
    checkList(stage, world, pick(dice, names), query, dice),
    conversation && dice(2) === 0 && checkSight(stage, world, pick(dice, names), conversation, dice(2)),
    // Each replica counts a key a few times a second at most, and whoever asks waits for that.
    dice(5) === 0 && checkCounts(stage, world, pick(dice, names), dice(2)),
  ]);
}

/** At the end: whole timelines, and everybody looks at their counters, at every conversation and into every tray, each in an order of its own. */
export async function lookAtAll(stage: Stage, world: World, dice: Dice): Promise<void> {
  const looks = names.flatMap((who) => [
    () => checkCounts(stage, world, who, dice(2)),
    ...listTrays.flatMap((tray) => statuses.map((status) => () => checkList(stage, world, who, { tray, status, sort: pick(dice, conversationSorts) }, dice))),
    ...statuses.map((status) => () => checkList(stage, world, who, { tray: 'all', status, sort: pick(dice, conversationSorts), mentioned: true }, dice)),
    ...world.conversations.map((conversation) => () => checkSight(stage, world, who, conversation, dice(2))),
  ]);
  const timelines = world.conversations.map((conversation) => () => checkTimeline(stage, world, conversation, dice(2)));
  const next = [...looks, ...timelines].values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const look of next) await look();
    }),
  );
}

/** What does not exist and what they may not see are answered alike. */
async function checkSight({ clients, ids }: Stage, world: World, who: Name, conversation: Conversation, replica: number): Promise<void> {
  const place = `${conversation.customer}'s ${conversation.id} as ${who} gets it`;
  const answer = await clients[who][replica]!.call(getConversation, { conversationId: conversation.id }).catch((error: unknown) => {
    if (error instanceof AppError) return error.code;
    throw error;
  });
  if (!sees(world, who, conversation)) {
    if (answer !== 'NOT_FOUND') throw new Difference('visibility', `${place}: should be NOT_FOUND, is ${JSON.stringify(answer)}`);
    return;
  }
  if (typeof answer === 'string') throw new Difference('visibility', `${place}: should be there, is ${answer}`);
  compare(place, answer, viewOf(conversation, ids));
}

async function checkTimeline({ clients }: Stage, world: World, { id }: Conversation, replica: number): Promise<void> {
  const { items } = await clients.root[replica]!.call(getTimeline, { conversationId: id, limit: 100 });
  const entries = world.entries.filter(({ conversationId }) => conversationId === id).slice(0, 100);
  compare(`the timeline of ${id}`, items, entries, 'timeline');
}

async function checkCounts({ clients }: Stage, world: World, who: Name, replica: number): Promise<void> {
  compare(`${who}'s counters`, await clients[who][replica]!.call(getCounts, {}), countsOf(world, who), 'counters');
}

async function checkList({ clients, ids }: Stage, world: World, who: Name, query: ListQuery, dice: Dice): Promise<void> {
  const place = `${who}'s list ${query.tray}/${query.status}/${query.sort}${query.mentioned ? ', mentioned' : ''}`;
  const expected = listOf(world, who, query);
  const limit = pick(dice, [2, 3, 5, 100]);
  const rows: ConversationView[] = [];
  let cursor: string | null = null;
  do {
    const page: ConversationPage = await clients[who][dice(2)]!.call(listConversations, { ...query, limit, ...(cursor !== null && { cursor }) });
    if (page.items.length > limit) throw new Difference('order', `${place}: a page of ${limit} has ${page.items.length} rows`);
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  const named = (all: readonly { readonly id: string }[]): string => JSON.stringify(all.map(({ id }) => id));
  const shown = `should be ${named(expected)}, is ${named(rows)}`;
  for (const row of rows) {
    const conversation = world.conversations.find(({ id }) => id === row.id);
    if (!conversation || !sees(world, who, conversation)) throw new Difference('visibility', `${place} shows what they may not see: ${shown}`);
    compare(`${place}: ${conversation.customer}'s ${row.id}`, row, viewOf(conversation, ids));
  }
  const missing = expected.filter(({ id }) => !rows.some((row) => row.id === id));
  if (missing.length > 0 || new Set(rows.map(({ id }) => id)).size > expected.length) throw new Difference('trays', `${place} ${shown}`);
  if (named(rows) !== named(expected)) throw new Difference('order', `${place} ${shown}`);
}
