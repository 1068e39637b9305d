import type { Entry, EntryActor, ErrorCode, Role } from '@relevo/contracts';
import type { Act, ActOfAgent, Doing } from './acts.js';
import { channels, customers, type CustomerName, type Ids, type Name, type Team, teams } from './cast.js';
import { type Conversation, type Happening, happen, opened } from './conversation.js';
import { agentActor, customerActor, entryOf, ownActor, robotActor, schedulerActor, viewOf } from './views.js';

export interface Agent {
  role: Role;
  teams: readonly Team[];
  connected: boolean;
  chosen: 'online' | 'away';
}

/** Everything that the model keeps; plain data, so that a race can be tried in both orders. */
export interface World {
  agents: Record<Name, Agent>;
  /** In the order of their opening. */
  conversations: Conversation[];
  /** Of all timelines. */
  entries: Entry[];
}

export type Outcome = { readonly answer: unknown } | { readonly refused: ErrorCode; readonly details?: unknown };

/** What the server alone knows of what it did. */
export interface Facts {
  readonly ids: Ids;
  /** When it made an entry. */
  at(conversationId: string, seq: number): number;
  /** The id of the conversation that it opened. */
  newId(): string;
  /** Whether a moment had passed when it decided. */
  isPast(time: number): boolean;
}

const dayMs = 24 * 3_600_000;

/** How the server is to answer an act; the world is as it is after it. */
export const predict = (world: World, act: Act, facts: Facts): Outcome => new Prediction(world, facts).outcomeOf(act);

export const sees = ({ agents }: World, who: Name, { team, assignee }: Pick<Conversation, 'team' | 'assignee'>): boolean =>
  agents[who].role !== 'agent' || team === null || agents[who].teams.includes(team) || assignee === who;

const refused = (code: ErrorCode, details?: unknown): Outcome => ({ refused: code, ...(details !== undefined && { details }) });

class Prediction {
  constructor(
    private readonly world: World,
    private readonly facts: Facts,
  ) {}

  outcomeOf(act: Act): Outcome {
    const { world, facts } = this;
    if ('who' in act && 'conversationId' in act) return this.inConversation(act);
    switch (act.do) {
      case 'write':
        return this.written(act);
      case 'open':
        return this.opened(act);
      case 'hand-over':
        return this.handedOver(act);
      case 'move':
        world.agents[act.who].teams = act.teams;
        return { answer: { role: world.agents[act.who].role, teamIds: act.teams.map((team) => facts.ids.teams[team]) } };
      case 'appoint':
        world.agents[act.who].role = act.role;
        return { answer: { role: act.role } };
      case 'status':
        world.agents[act.who].chosen = act.status;
        return { answer: { status: this.statusOf(act.who) } };
      case 'close-inactive': {
        const due = world.conversations.filter(({ status, lastInteractionAt }) => status === 'active' && facts.isPast(lastInteractionAt + dayMs));
        for (const one of due) this.append(one, null, { type: 'closed', reason: 'inactivity' }, schedulerActor, { reason: 'inactivity' });
        return { answer: { closed: due.length, more: false } };
      }
      case 'wait':
        return { answer: undefined };
    }
  }

  /** Order of checks: sight, closed, assignee, other rules. */
  private inConversation(act: ActOfAgent): Outcome {
    const conversation = this.find(act.conversationId);
    const { who } = act;
    if (act.do === 'undo') return this.undone(conversation, who);
    if (!sees(this.world, who, conversation)) return refused('NOT_FOUND');
    if (act.do === 'tag' || act.do === 'untag') return this.tagged(conversation, act);
    const closed = conversation.status === 'closed';
    const isOwn = !closed && conversation.assignee === who;
    if (act.do === 'read') return this.read(conversation, who, act.upToSeq, isOwn);
    if (act.do === 'unread') return isOwn && conversation.marked === null ? this.changed(conversation, who, { type: 'marked-unread' }, {}) : this.nothing(conversation);
    if (closed) return refused('CONVERSATION_CLOSED');
    const { assignee } = conversation;
    const mayAct = assignee === who || this.world.agents[who].role !== 'agent';
    switch (act.do) {
      case 'claim':
        if (assignee === who) return this.nothing(conversation);
        if (assignee !== null) return refused('ALREADY_ASSIGNED', { assigneeId: this.facts.ids.agents[assignee] });
        return this.changed(conversation, who, { type: 'assigned' }, { from: conversation.tray, agentId: this.facts.ids.agents[who] });
      case 'release':
        if (!mayAct) return refused('NOT_ASSIGNEE');
        return assignee === null ? this.nothing(conversation) : this.changed(conversation, who, { type: 'released' }, { teamId: this.teamId(conversation.team) });
      case 'send': {
        if (!mayAct) return refused('NOT_ASSIGNEE');
        const { seenSeq, text } = act;
        if (seenSeq !== null && conversation.replies.some(({ by, seq }) => by !== who && seq > seenSeq)) {
          return refused('REPLY_OVERTAKEN', { entries: Array.from({ length: conversation.seq - seenSeq }, (_, index) => ({ seq: seenSeq + 1 + index })) });
        }
        return this.changed(conversation, who, { type: 'message', author: 'agent', text }, { text, attachments: [] });
      }
      case 'note': {
        const { text, mention } = act;
        if (mention && !sees(this.world, mention, conversation)) return refused('RULE_VIOLATED');
        return this.changed(conversation, who, { type: 'note', mention }, { text, mentions: mention ? [this.facts.ids.agents[mention]] : [] });
      }
      case 'close':
        return mayAct ? this.changed(conversation, who, { type: 'closed', reason: 'manual' }, { reason: 'manual' }) : refused('NOT_ASSIGNEE');
      case 'transfer':
        return assignee === null || mayAct ? this.transferred(conversation, act) : refused('NOT_ASSIGNEE');
    }
  }

  private transferred(conversation: Conversation, { who, to, note, force }: Doing<ActOfAgent, 'transfer'>): Outcome {
    const { team, assignee } = conversation;
    if (to === 'unknown' || to === 'nobody') return refused('NOT_FOUND');
    const hands = isTeam(to) ? { team: to, assignee: null } : { team: team && this.world.agents[to].teams.includes(team) ? team : null, assignee: to };
    if (to === who) return refused('RULE_VIOLATED');
    // It is there already.
    if (isTeam(to) ? conversation.tray === 'unassigned' && team === to : assignee === to) return this.nothing(conversation);
    if (!isTeam(to) && this.statusOf(to) !== 'online' && !force) return refused('TARGET_UNAVAILABLE', { status: this.statusOf(to) });
    const from = { teamId: this.teamId(team), assigneeId: this.agentId(assignee) };
    const given = { teamId: this.teamId(hands.team), assigneeId: this.agentId(hands.assignee) };
    return this.changed(conversation, who, { type: 'transferred', ...hands, note }, { from, to: given, ...(note !== null && { note }) });
  }

  private undone(conversation: Conversation, who: Name): Outcome {
    const { undo } = conversation;
    // Their own transfer may have taken it out of their sight.
    if (undo?.by === who && !this.facts.isPast(undo.until)) {
      return this.changed(conversation, who, { type: undo.kind === 'transfer' ? 'transfer-undone' : 'close-undone' }, { ofSeq: undo.ofSeq });
    }
    return refused(sees(this.world, who, conversation) ? 'RULE_VIOLATED' : 'NOT_FOUND');
  }

  /** By the assignee, what waits, and what was transferred to them; by whomever, the notes that name them. */
  private read(conversation: Conversation, who: Name, upToSeq: number, isOwn: boolean): Outcome {
    const { marked, unread, lastCustomerSeq, mentions, handover } = conversation;
    const waits = unread.count > 0 || marked !== null || (handover !== null && handover.seq <= upToSeq);
    if (isOwn && waits && lastCustomerSeq <= upToSeq) return this.changed(conversation, who, { type: 'read', upToSeq }, { upToSeq });
    const isNamed = mentions.some((one) => one.who === who && one.seq <= upToSeq);
    return isNamed ? this.changed(conversation, who, { type: 'mentions-seen', upToSeq }, { upToSeq }) : this.nothing(conversation);
  }

  private tagged(conversation: Conversation, { do: what, tag, who }: Doing<ActOfAgent, 'tag'>): Outcome {
    const has = conversation.tags.includes(tag);
    const data = { tagId: this.facts.ids.tags[tag] };
    if (what === 'untag') return has ? this.changed(conversation, who, { type: 'untagged', tag }, data) : this.nothing(conversation);
    if (tag === 'unknown') return refused('NOT_FOUND');
    if (has) return this.nothing(conversation);
    return tag === 'archived' ? refused('RULE_VIOLATED') : this.changed(conversation, who, { type: 'tagged', tag }, data);
  }

  private handedOver({ conversationId, team }: Doing<Act, 'hand-over'>): Outcome {
    const conversation = this.find(conversationId);
    if (conversation.status === 'closed') return refused('CONVERSATION_CLOSED');
    if (conversation.tray !== 'bot') return { answer: { conversationId, outcome: 'nothing-to-do' } };
    if (team === 'unknown') return refused('NOT_FOUND');
    this.append(conversation, null, { type: 'handed-over', team }, robotActor, { teamId: this.teamId(team) });
    return { answer: { conversationId, outcome: 'handed-over' } };
  }

  /** Into the active conversation, or after a close into a new one, which settles the close. */
  private written({ customer, text }: Doing<Act, 'write'>): Outcome {
    const channel = channels[customers[customer]];
    const actor = customerActor(customer, this.facts.ids);
    const conversation = this.latest(customer, 'active') ?? this.begun(customer, 'bot' in channel ? 'bot' : 'unassigned', 'team' in channel ? channel.team : null, null, actor);
    this.append(conversation, null, { type: 'message', author: 'customer', text }, actor, { text, attachments: [] });
    return { answer: { conversationId: conversation.id, seq: conversation.seq } };
  }

  private opened({ who, customer, text }: Doing<Act, 'open'>): Outcome {
    const active = this.latest(customer, 'active');
    if (active) return refused('CONFLICT', sees(this.world, who, active) ? { conversationId: active.id } : undefined);
    const channel = channels[customers[customer]];
    const team = 'team' in channel && sees(this.world, who, { team: channel.team, assignee: null }) ? channel.team : null;
    const conversation = this.begun(customer, 'assigned', team, who, agentActor(who, this.facts.ids));
    return this.changed(conversation, who, { type: 'message', author: 'agent', text }, { text, attachments: [] });
  }

  private begun(customer: CustomerName, startsIn: Conversation['tray'], team: Team | null, assignee: Name | null, actor: EntryActor): Conversation {
    const before = this.latest(customer);
    if (before && !before.superseded) this.append(before, null, { type: 'superseded' }, ownActor, {});
    const id = this.facts.newId();
    const at = this.facts.at(id, 1);
    const conversation = opened({ id, customer, channel: customers[customer], team, startsIn, assignee, at });
    this.world.conversations.push(conversation);
    this.world.entries.push(entryOf(conversation, 'opened', at, actor, {}));
    return conversation;
  }

  private changed(conversation: Conversation, who: Name, what: What, data: object): Outcome {
    const entry = this.append(conversation, who, what, agentActor(who, this.facts.ids), data);
    return { answer: { entry, conversation: viewOf(conversation, this.facts.ids) } };
  }

  private nothing(conversation: Conversation): Outcome {
    return { answer: { entry: null, conversation: viewOf(conversation, this.facts.ids) } };
  }

  private append(conversation: Conversation, by: Name | null, what: What, actor: EntryActor, data: object): Entry {
    const at = this.facts.at(conversation.id, conversation.seq + 1);
    happen(conversation, { ...what, at, by });
    const entry = entryOf(conversation, what.type, at, actor, data);
    this.world.entries.push(entry);
    return entry;
  }

  private find(conversationId: string): Conversation {
    return this.world.conversations.find(({ id }) => id === conversationId)!;
  }

  private latest(customer: CustomerName, status?: Conversation['status']): Conversation | undefined {
    return this.world.conversations.findLast((one) => one.customer === customer && (status === undefined || one.status === status));
  }

  private statusOf(who: Name): 'online' | 'away' | 'offline' {
    const { connected, chosen } = this.world.agents[who];
    return connected ? chosen : 'offline';
  }

  private teamId(team: Team | null): string | null {
    return team && this.facts.ids.teams[team];
  }

  private agentId(name: Name | null): string | null {
    return name && this.facts.ids.agents[name];
  }
}


/** What happens, but for when and by whom. */
type What = Happening extends infer H ? (H extends Happening ? Omit<H, 'at' | 'by'> : never) : never;

const isTeam = (to: string): to is Team => (teams as readonly string[]).includes(to);
