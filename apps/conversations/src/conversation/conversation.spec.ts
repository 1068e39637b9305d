import fc from 'fast-check';
import { anAgent, ConversationStory, customer, refusalOf } from '../../test/a-conversation.js';
import type { ConversationCommand } from './conversation.js';
import { toEvents } from './events.js';
import { fold } from './fold.js';
import { viewOf } from './view.js';
import { waitingSinceOf } from '../lists/orders.js';

const ana = anAgent('ana');
const beto = anAgent('beto');
const boss = anAgent('boss', { role: 'supervisor' });
const hour = 60 * 60 * 1000;

describe('read, unread, waiting', () => {
  it('message by the customer: both counts +1, both since set only if empty', () => {
    const story = ConversationStory.opened();
    const first = story.next;
    story.writes();
    story.writes();
    expect(story.now).toMatchObject({ unanswered: { count: 2, since: first }, unread: { count: 2, since: first } });
  });

  it("in the bot's tray: counts only, no clock", () => {
    const story = ConversationStory.opened({ startsIn: 'bot' });
    story.writes();
    expect(story.now).toMatchObject({ unanswered: { count: 1, since: null }, unread: { count: 1, since: null } });
    expect(waitingSinceOf(story.now)).toBeNull();
  });

  it.each([
    ['taken from the bot', (story: ConversationStory) => story.does({ type: 'claim', agent: ana })],
    [
      'handed over by the bot',
      (story: ConversationStory) => story.does({ type: 'hand-over', bot: { kind: 'bot', workspaceId: 'sur', id: 'bot', name: 'Bot' }, teamId: 'ventas', known: true }),
    ],
  ])('%s: unread = unanswered; if any, both clocks start now', (_, act) => {
    const story = ConversationStory.opened({ startsIn: 'bot' });
    story.writes();
    const now = story.next;
    act(story);
    expect(story.now).toMatchObject({ unanswered: { count: 1, since: now }, unread: { count: 1, since: now } });
    const quiet = ConversationStory.opened({ startsIn: 'bot' });
    act(quiet);
    expect(quiet.now.unread).toEqual({ count: 0, since: null });
  });

  it('message by any agent: all cleared, marked too', () => {
    const story = ConversationStory.opened();
    story.does({ type: 'claim', agent: ana });
    story.writes();
    story.does({ type: 'mark-unread', agent: ana });
    story.answers(boss);
    expect(story.now).toMatchObject({ unanswered: { count: 0, since: null }, unread: { count: 0, since: null }, marked: null });
  });

  it('released: unread = unanswered again; marked stays', () => {
    const story = ConversationStory.opened();
    const since = story.next;
    const message = story.writes();
    story.does({ type: 'claim', agent: ana });
    story.does({ type: 'read', agent: ana, upToSeq: message!.seq });
    story.does({ type: 'mark-unread', agent: ana });
    expect(story.now.unread.count).toBe(0);
    story.does({ type: 'release', agent: ana });
    expect(story.now).toMatchObject({ unread: { count: 1, since }, marked: since, tray: 'unassigned', assigneeId: null });
  });

  it('read by the assignee: unread and marked cleared; nothing if a customer message is later than upToSeq; by anyone else nothing', () => {
    const story = ConversationStory.opened();
    story.does({ type: 'claim', agent: ana });
    const seen = story.writes()!.seq;
    story.writes();
    expect(story.does({ type: 'read', agent: ana, upToSeq: seen })).toBeNull();
    expect(story.does({ type: 'read', agent: boss, upToSeq: 99 })).toBeNull();
    expect(story.does({ type: 'read', agent: ana, upToSeq: seen + 1 })).toMatchObject({ type: 'read' });
    expect(story.now).toMatchObject({ unread: { count: 0, since: null }, marked: null, unanswered: { count: 2 } });
  });

  it('unread by the assignee: marked = since of unanswered, or now; twice: nothing', () => {
    const story = ConversationStory.opened();
    story.does({ type: 'claim', agent: ana });
    const now = story.next;
    story.does({ type: 'mark-unread', agent: ana });
    expect(story.now.marked).toEqual(now);
    expect(story.does({ type: 'mark-unread', agent: ana })).toBeNull();
    expect(story.does({ type: 'mark-unread', agent: boss })).toBeNull();
  });

  it('note, bot or system message: nothing', () => {
    const story = ConversationStory.opened();
    story.writes();
    const before = story.now;
    story.does({ type: 'note', agent: beto, text: 'ojo', mentions: [], blind: [] });
    expect(story.now).toMatchObject({ unanswered: before.unanswered, unread: before.unread, lastInteractionAt: before.lastInteractionAt });
  });

  it('a closed conversation shows zero and null', () => {
    const story = ConversationStory.opened();
    story.does({ type: 'claim', agent: ana });
    story.writes();
    story.does({ type: 'close', agent: ana });
    expect(viewOf('c', story.now, 24 * hour)).toMatchObject({
      status: 'closed',
      closeReason: 'manual',
      unread: { count: 0, marked: false },
      waitingSince: null,
      unansweredSince: null,
      closesAt: null,
    });
  });
});

describe('claim', () => {
  it('by whoever sees it, from the unassigned or the bot tray; claiming one’s own changes nothing', () => {
    const story = ConversationStory.opened({ startsIn: 'bot' });
    expect(story.does({ type: 'claim', agent: ana })).toMatchObject({ type: 'assigned', data: { from: 'bot', agentId: 'ana' } });
    expect(story.does({ type: 'claim', agent: ana })).toBeNull();
    expect(refusalOf(() => story.does({ type: 'claim', agent: beto }))).toBe('ALREADY_ASSIGNED');
  });

  it('what one may not see is answered like what does not exist', () => {
    const story = ConversationStory.opened({ teamId: 'ventas' });
    const strangers = [ana, anAgent('x', { role: 'admin', workspaceId: 'norte' }), anAgent('y', { teamIds: ['soporte'] })];
    for (const agent of strangers) expect(refusalOf(() => story.does({ type: 'claim', agent }))).toBe('NOT_FOUND');
    expect(story.does({ type: 'claim', agent: anAgent('z', { teamIds: ['ventas'] }) })).not.toBeNull();
  });

  it('keeps the time of the queue when it returns there', () => {
    const story = ConversationStory.opened();
    const { queuedAt } = story.now;
    const claimedAt = story.next;
    story.does({ type: 'claim', agent: ana });
    expect(story.now.assignedAt).toEqual(claimedAt);
    story.does({ type: 'release', agent: ana });
    expect(story.now.assignedAt).toEqual(queuedAt);
  });
});

describe('sending', () => {
  it('an agent talks only in a conversation assigned to them; supervisors may step in', () => {
    const story = ConversationStory.opened();
    expect(refusalOf(() => story.answers(ana))).toBe('NOT_ASSIGNEE');
    expect(story.answers(boss)).toMatchObject({ type: 'message', actor: { kind: 'agent', id: 'boss' } });
  });

  it('the last message says which agent it is by, whoever the conversation is with, and of a customer’s no agent', () => {
    const story = ConversationStory.opened();
    story.does({ type: 'claim', agent: ana });
    story.answers(ana);
    story.answers(boss, 'Soy su supervisor');
    expect(viewOf('c', story.now, hour).lastMessage).toMatchObject({ authorKind: 'agent', authorId: 'boss', text: 'Soy su supervisor' });
    story.writes();
    expect(viewOf('c', story.now, hour).lastMessage).not.toHaveProperty('authorId');
  });

  it('if another agent has answered since seenSeq: REPLY_OVERTAKEN; one’s own answers do not count', () => {
    const story = ConversationStory.opened();
    story.does({ type: 'claim', agent: ana });
    const seen = story.writes()!.seq;
    story.answers(ana, 'uno', seen);
    expect(story.answers(ana, 'dos', seen)).not.toBeNull();
    story.answers(boss, 'tres');
    story.answers(ana, 'cuatro', story.now.seq);
    expect(refusalOf(() => story.answers(ana, 'cinco', seen))).toBe('REPLY_OVERTAKEN');
    expect(refusalOf(() => story.answers(boss, 'seis', seen))).toBe('REPLY_OVERTAKEN');
  });
});

describe('close', () => {
  it('by the assignee or a supervisor; then messages and notes answer CONVERSATION_CLOSED', () => {
    const story = ConversationStory.opened();
    story.does({ type: 'claim', agent: ana });
    expect(refusalOf(() => story.does({ type: 'close', agent: beto }))).toBe('NOT_ASSIGNEE');
    story.does({ type: 'close', agent: ana });
    const refused: ConversationCommand[] = [
      { type: 'send', agent: ana, text: 'x', attachments: [], seenSeq: null },
      { type: 'note', agent: ana, text: 'x', mentions: [], blind: [] },
      { type: 'claim', agent: beto },
      { type: 'close', agent: ana },
      { type: 'receive', by: customer, text: 'x', attachments: [] },
    ];
    for (const command of refused) expect(refusalOf(() => story.does(command))).toBe('CONVERSATION_CLOSED');
  });

  it('by itself when the last interaction is older than the tolerance, whatever its tray, and not a millisecond before', () => {
    const toleranceMs = 24 * hour;
    const automatic = { type: 'close-inactive', by: customer, toleranceMs } as const;
    const story = ConversationStory.opened({ startsIn: 'bot' });
    expect(story.passes(toleranceMs - 1_001).does(automatic)).toBeNull();
    expect(story.passes(-999).does(automatic)).toMatchObject({ type: 'closed', data: { reason: 'inactivity' } });
    expect(story.does(automatic)).toBeNull();
  });

  it('an interaction puts it off, a note does not', () => {
    const toleranceMs = hour;
    const story = ConversationStory.opened();
    story.passes(hour / 2).writes();
    story.passes(hour / 2).does({ type: 'note', agent: ana, text: 'x', mentions: [], blind: [] });
    expect(story.does({ type: 'close-inactive', by: customer, toleranceMs })).toBeNull();
    expect(story.passes(hour / 2).does({ type: 'close-inactive', by: customer, toleranceMs })).not.toBeNull();
  });

  it('is superseded once, and only when closed', () => {
    const story = ConversationStory.opened();
    expect(story.does({ type: 'supersede', by: customer })).toBeNull();
    story.does({ type: 'close', agent: boss });
    expect(story.does({ type: 'supersede', by: customer })).not.toBeNull();
    expect(story.does({ type: 'supersede', by: customer })).toBeNull();
  });
});

describe('delivery', () => {
  const record = (status: 'sent' | 'delivered' | 'read' | 'failed', ofSeq: number) => ({ type: 'record-delivery', by: customer, channelId: 'api', ofSeq, status }) as const;

  it('a status never goes backwards, whatever the order in which channels tell', () => {
    const story = ConversationStory.opened();
    const { seq } = story.answers(boss)!;
    expect(story.does(record('delivered', seq))).not.toBeNull();
    for (const late of ['sent', 'delivered', 'failed'] as const) expect(story.does(record(late, seq))).toBeNull();
    expect(story.does(record('read', seq))).not.toBeNull();
    expect(story.now.deliveries).toEqual([{ seq, status: 'read' }]);
  });

  it('by a channel that is not the conversation’s is of nothing', () => {
    const story = ConversationStory.opened();
    const { seq } = story.answers(boss)!;
    expect(refusalOf(() => story.does({ ...record('sent', seq), channelId: 'other' }))).toBe('NOT_FOUND');
  });
});

it('a mention of someone who may not see it is refused, but only after sight and closed', () => {
  const blind = [{ path: 'mentions.0', message: 'may not see this conversation' }];
  const note: ConversationCommand = { type: 'note', agent: boss, text: '@x', mentions: ['x'], blind };
  const story = ConversationStory.opened();
  expect(refusalOf(() => story.does(note))).toBe('RULE_VIOLATED');
  story.does({ type: 'close', agent: boss });
  expect(refusalOf(() => story.does(note))).toBe('CONVERSATION_CLOSED');
});

describe('any history', () => {
  const agents = [ana, beto, boss];
  const commands: fc.Arbitrary<ConversationCommand> = fc.oneof(
    fc.constant<ConversationCommand>({ type: 'receive', by: customer, text: 'hola', attachments: [] }),
    fc.constantFrom(...agents).chain((agent) =>
      fc.constantFrom<ConversationCommand>(
        { type: 'claim', agent },
        { type: 'release', agent },
        { type: 'send', agent, text: 'sí', attachments: [], seenSeq: null },
        { type: 'note', agent, text: 'secreto', mentions: [], blind: [] },
        { type: 'mark-unread', agent },
        { type: 'read', agent, upToSeq: 1_000 },
        { type: 'close', agent },
        { type: 'undo', agent },
        { type: 'tag', agent, tagId: 'envio', tag: { archived: false } },
        { type: 'untag', agent, tagId: 'envio' },
        { type: 'transfer', agent, target: { kind: 'team', team: { id: 'ventas', archived: false } }, note: 'secreto', force: false },
        { type: 'transfer', agent, target: { kind: 'agent', agent: { id: 'beto', teamIds: ['ventas'], status: 'away' } }, note: 'secreto', force: true },
      ),
    ),
  );

  it('keeps unread within unanswered, is a pure fold of its entries, and never tells the public of anything internal', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40 }), fc.constantFrom('bot' as const, 'unassigned' as const), (list, startsIn) => {
        const story = ConversationStory.opened({ startsIn });
        for (const command of list) {
          try {
            story.does(command);
          } catch (error) {
            expect(error).toHaveProperty('code');
          }
          expect(story.now.unread.count).toBeLessThanOrEqual(story.now.unanswered.count);
          expect(story.now.tray === 'assigned').toBe(story.now.assigneeId !== null);
        }
        let state: Parameters<typeof fold>[0] = null;
        for (const entry of story.entries) {
          const after = fold(state, entry);
          const told = toEvents(state, after, entry, hour).filter(({ contract }) => contract.visibility === 'public');
          expect(JSON.stringify(told)).not.toContain('secreto');
          if (entry.type !== 'message') expect(JSON.stringify(told)).not.toContain(entry.actor.kind === 'agent' ? entry.actor.name : 'secreto');
          expect(told).toHaveLength(['opened', 'message', 'closed', 'delivery'].includes(entry.type) ? 1 : 0);
          state = after;
        }
        expect(state).toEqual(story.now);
        expect(story.entries.map(({ seq }) => seq)).toEqual(story.entries.map((_, index) => index + 1));
      }),
      { seed: 20260101, numRuns: 200 },
    );
  });
});
