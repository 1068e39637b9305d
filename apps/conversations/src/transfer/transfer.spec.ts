import type { Presence } from '@relevo/contracts';
import { anAgent, ConversationStory, refusalOf } from '../../test/a-conversation.js';
import type { ConversationCommand } from '../conversation/conversation.js';

const ana = anAgent('ana', { teamIds: ['ventas'] });
const beto = anAgent('beto', { teamIds: ['ventas', 'soporte'] });
const boss = anAgent('boss', { role: 'supervisor' });

const toAgent = (sender: typeof ana, id: string, more: { teamIds?: string[]; status?: Presence; force?: boolean; note?: string } = {}): ConversationCommand => {
  const { teamIds = [], status = 'online', force = false, note = null } = more;
  return { type: 'transfer', agent: sender, target: { kind: 'agent', agent: { id, teamIds, status } }, note, force };
};

const toTeam = (sender: typeof ana, id: string, archived = false): ConversationCommand => ({
  type: 'transfer',
  agent: sender,
  target: { kind: 'team', team: { id, archived } },
  note: null,
  force: false,
});

const withAna = (): ConversationStory => {
  const story = ConversationStory.opened({ teamId: 'ventas' });
  story.does({ type: 'claim', agent: ana });
  return story;
};

describe('transfer', () => {
  it('by the assignee or a supervisor; unassigned: by whoever sees it', () => {
    expect(refusalOf(() => withAna().does(toAgent(beto, 'carla')))).toBe('NOT_ASSIGNEE');
    expect(withAna().does(toAgent(ana, 'carla'))).toMatchObject({ type: 'transferred' });
    expect(withAna().does(toAgent(boss, 'carla'))).toMatchObject({ type: 'transferred' });
    const unassigned = ConversationStory.opened({ teamId: 'ventas' });
    expect(refusalOf(() => unassigned.does(toAgent(anAgent('x'), 'carla')))).toBe('NOT_FOUND');
    expect(unassigned.does(toAgent(beto, 'carla'))).toMatchObject({ type: 'transferred' });
  });

  it('to an agent: they become assignee at once, in one entry, with the note for the receiver', () => {
    const story = withAna();
    const at = story.next;
    const entry = story.does(toAgent(ana, 'beto', { teamIds: beto.teamIds as string[], note: 'pide factura A' }));
    expect(entry).toMatchObject({ data: { from: { teamId: 'ventas', assigneeId: 'ana' }, to: { teamId: 'ventas', assigneeId: 'beto' }, note: 'pide factura A' } });
    expect(story.now).toMatchObject({ tray: 'assigned', assigneeId: 'beto', teamId: 'ventas', assignedAt: at });
  });

  it('the team stays if they belong to it, else it becomes none', () => {
    const stays = withAna();
    stays.does(toAgent(ana, 'beto', { teamIds: ['soporte', 'ventas'] }));
    expect(stays.now.teamId).toBe('ventas');
    const leaves = withAna();
    leaves.does(toAgent(ana, 'carla', { teamIds: ['soporte'] }));
    expect(leaves.now.teamId).toBeNull();
  });

  it.each(['away', 'offline'] as const)('to an agent who is %s: TARGET_UNAVAILABLE unless the sender insists', (status) => {
    expect(refusalOf(() => withAna().does(toAgent(ana, 'beto', { status })))).toBe('TARGET_UNAVAILABLE');
    expect(withAna().does(toAgent(ana, 'beto', { status, force: true }))).not.toBeNull();
  });

  it('to a team: it enters that team’s unassigned tray, with a new time', () => {
    const story = withAna();
    const at = story.next;
    story.does(toTeam(ana, 'soporte'));
    expect(story.now).toMatchObject({ tray: 'unassigned', assigneeId: null, teamId: 'soporte', assignedAt: at, queuedAt: at });
    expect(story.does(toTeam(beto, 'soporte'))).toBeNull();
  });

  it('to oneself or an archived team: RULE_VIOLATED; to what the workspace does not have: NOT_FOUND', () => {
    expect(refusalOf(() => withAna().does(toAgent(ana, 'ana')))).toBe('RULE_VIOLATED');
    expect(refusalOf(() => withAna().does(toTeam(ana, 'soporte', true)))).toBe('RULE_VIOLATED');
    const nobody: ConversationCommand = { type: 'transfer', agent: ana, target: { kind: 'agent', agent: null }, note: null, force: true };
    expect(refusalOf(() => withAna().does(nobody))).toBe('NOT_FOUND');
    expect(refusalOf(() => withAna().does({ ...nobody, target: { kind: 'team', team: null } }))).toBe('NOT_FOUND');
  });

  it('closed comes before the assignee, the assignee before the target', () => {
    const story = withAna();
    expect(refusalOf(() => story.does(toAgent(beto, 'carla', { status: 'offline' })))).toBe('NOT_ASSIGNEE');
    story.does({ type: 'close', agent: ana });
    expect(refusalOf(() => story.does(toAgent(beto, 'carla', { status: 'offline' })))).toBe('CONVERSATION_CLOSED');
  });

  it('unread = unanswered again; marked stays', () => {
    const story = withAna();
    const since = story.next;
    const { seq } = story.writes()!;
    story.does({ type: 'read', agent: ana, upToSeq: seq });
    story.does({ type: 'mark-unread', agent: ana });
    story.does(toAgent(ana, 'beto'));
    expect(story.now).toMatchObject({ unread: { count: 1, since }, unanswered: { count: 1, since }, marked: since });
  });

  it('taken from the bot: both clocks start now', () => {
    const story = ConversationStory.opened({ startsIn: 'bot' });
    story.writes();
    const now = story.next;
    story.does(toTeam(ana, 'ventas'));
    expect(story.now).toMatchObject({ tray: 'unassigned', unread: { count: 1, since: now }, unanswered: { count: 1, since: now } });
  });

  it('the time of the queue is new on a transfer, and kept when it returns there', () => {
    const story = withAna();
    const at = story.next;
    story.does(toAgent(ana, 'beto', { teamIds: ['ventas'] }));
    story.does({ type: 'release', agent: beto });
    expect(story.now.assignedAt).toEqual(at);
  });
});
