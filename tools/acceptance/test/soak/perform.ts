import { randomUUID } from 'node:crypto';
import {
  addNote,
  AppError,
  claimConversation,
  closeConversation,
  type ConversationChanged,
  type ErrorCode,
  getConversation,
  markConversationRead,
  markConversationUnread,
  openConversation,
  releaseConversation,
  sendMessage,
  tagConversation,
  transferConversation,
  undoConversation,
  untagConversation,
} from '@relevo/contracts';
import { type ApiClient, postInbound } from '@relevo/testing';
import { ask, isUnknown } from './asking.js';
import type { Answer } from './answers.js';
import type { Change, Chronicle } from './chronicle.js';
import type { Frontend } from './frontend.js';
import { customers, dismissed, type Name, type Step, type Team } from './schedule.js';
import { changeAgent, type Stage } from './stage.js';

/** What agents who act at random, at once and on what they may not see are rightly refused with. */
const rightRefusals: readonly ErrorCode[] = ['NOT_FOUND', 'NOT_ASSIGNEE', 'ALREADY_ASSIGNED', 'CONVERSATION_CLOSED', 'RULE_VIOLATED', 'TARGET_UNAVAILABLE', 'CONFLICT'];

/** Repeats what makes a conversation, under its id, as any sound client does: it must be known which there are. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isUnknown(error)) throw error;
    }
  }
}

/** One schedule under way: who takes part, and what is known of it. */
export class Performance {
  readonly faults: string[] = [];
  readonly answers: Answer[] = [];
  /** Every conversation that there is. */
  readonly conversationIds = new Set<string>();
  private readonly identities = customers.map(() => randomUUID());
  /** The latest conversation of each customer. */
  private readonly latest = new Map<number, string>();
  private readonly customerIds = new Map<number, string>();

  constructor(
    private readonly stage: Stage,
    private readonly frontends: readonly Frontend[],
    private readonly chronicle: Chronicle,
    /** One of another workspace's, if it has any by now. */
    private readonly elsewhere: () => string | undefined,
  ) {}

  /** Resolves when all that it asked for is answered; refusals that are right are part of life. */
  async perform(step: Step): Promise<void> {
    const from = performance.now();
    try {
      await this.begin(step);
    } catch (error) {
      if (isUnknown(error) || (error instanceof AppError && (rightRefusals.includes(error.code) || (error.code === 'UNAUTHENTICATED' && this.isOfNobody(step, from))))) return;
      this.faults.push(`${JSON.stringify(step)}: ${String(error)}`);
    }
  }

  private async begin(step: Step): Promise<unknown> {
    switch (step.do) {
      case 'connect':
        return this.frontends[step.client]!.connect(step.replica, step.with);
      case 'disconnect':
        return this.frontends[step.client]!.disconnect(step.how);
      case 'thaw':
        return this.frontends[step.client]!.thaw();
      case 'look': {
        const id = this.latest.get(step.customer);
        return id === undefined ? undefined : this.frontends[step.client]!.look(id, step.open);
      }
      case 'write':
        return this.write(step.customer, step.replica);
      case 'act':
        return this.act(this.stage.people[step.who][step.replica]!, step.deed, this.latest.get(step.customer));
      case 'transfer':
        return this.transfer(step);
      case 'move':
        return this.change(step.who, step.replica, { teamIds: step.teams.map((team) => this.stage.teamIds[team]) });
      case 'appoint':
        return this.change(step.who, step.replica, { role: step.role });
      case 'dismiss':
        return this.change(dismissed, step.replica, { active: false });
      case 'outbound':
        return this.outbound(step);
      case 'tag':
        return this.tag(step);
      case 'ask':
        return this.ask(step);
    }
  }

  private change(who: Name, replica: number, change: Change): Promise<void> {
    return this.chronicle.changing(this.idOf(who), change, () => changeAgent(this.stage, replica, this.idOf(who), change));
  }

  /** Whether it was done as somebody who may have been dismissed by then. */
  private isOfNobody(step: Step, from: number): boolean {
    return 'who' in step && this.chronicle.activeDuring(this.idOf(step.who), { from, to: performance.now() }).includes(false);
  }

  private async write(customer: number, replica: number): Promise<void> {
    const client = this.stage.admin[replica]!;
    const externalMessageId = randomUUID();
    const { conversationId, seq } = await untilAnswered(() => postInbound(client.gatewayUrl, this.stage.channels[customers[customer]!], { from: this.identities[customer]!, text: `mensaje ${externalMessageId}`, externalMessageId }));
    this.made(customer, conversationId);
    this.chronicle.knows(conversationId, seq);
    if (!this.customerIds.has(customer)) this.customerIds.set(customer, (await client.call(getConversation, { conversationId })).customer.id);
  }

  private made(customer: number, conversationId: string): void {
    this.conversationIds.add(conversationId);
    this.stage.conversationIds.add(conversationId);
    this.latest.set(customer, conversationId);
  }

  private async told(command: Promise<ConversationChanged>): Promise<ConversationChanged> {
    const changed = await command;
    this.chronicle.knows(changed.conversation.id, changed.conversation.seq);
    return changed;
  }

  private async outbound({ who, customer, replica }: Extract<Step, { do: 'outbound' }>): Promise<void> {
    const conversationId = this.latest.get(customer);
    if (conversationId === undefined) return;
    const { customer: { id: customerId }, channelId } = await this.stage.admin[replica]!.call(getConversation, { conversationId });
    const opening = { commandId: randomUUID(), customerId, channelId, text: 'hola de nuevo' };
    const { conversation } = await untilAnswered(() => this.told(this.stage.people[who][replica]!.call(openConversation, opening)));
    this.made(customer, conversation.id);
  }

  private tag({ who, customer, replica, on }: Extract<Step, { do: 'tag' }>): Promise<unknown> | undefined {
    const conversationId = this.latest.get(customer);
    const [client, tagId] = [this.stage.people[who][replica]!, this.stage.tagId];
    return conversationId === undefined ? undefined : this.told(client.call(on ? tagConversation : untagConversation, { conversationId, tagId }));
  }

  private async ask({ who, customer, replica, question, elsewhere }: Extract<Step, { do: 'ask' }>): Promise<void> {
    const conversationId = elsewhere ? this.elsewhere() : this.latest.get(customer);
    const { teamIds, tagId } = this.stage;
    const customerId = this.customerIds.get(customer);
    const filters = { nothing: {}, team: { teamId: teamIds.two }, tag: { tagId }, customer: customerId === undefined ? {} : { customerId }, assignee: { assigneeId: this.idOf('beto') } };
    const answer = await ask(this.stage.people[who][replica]!, who, question, { conversationId, customerId, filters });
    if (answer) this.answers.push(answer);
  }

  private act(client: ApiClient, deed: Extract<Step, { do: 'act' }>['deed'], conversationId: string | undefined): Promise<unknown> | undefined {
    if (conversationId === undefined) return undefined;
    switch (deed) {
      case 'claim':
        return this.told(client.call(claimConversation, { conversationId }));
      case 'release':
        return this.told(client.call(releaseConversation, { conversationId }));
      case 'send':
        return this.told(client.call(sendMessage, { conversationId, text: 'una respuesta' }));
      case 'note':
        return this.told(client.call(addNote, { conversationId, text: 'una nota' }));
      case 'close':
        return this.told(client.call(closeConversation, { conversationId }));
      case 'read':
        return this.told(client.call(markConversationRead, { conversationId, upToSeq: 1000 }));
      case 'unread':
        return this.told(client.call(markConversationUnread, { conversationId }));
      case 'undo':
        return this.told(client.call(undoConversation, { conversationId }));
    }
  }

  private transfer({ who, customer, replica, to }: Extract<Step, { do: 'transfer' }>): Promise<unknown> | undefined {
    const conversationId = this.latest.get(customer);
    if (conversationId === undefined) return undefined;
    const isTeam = (name: string): name is Team => name in this.stage.teamIds;
    const target = isTeam(to) ? { teamId: this.stage.teamIds[to] } : { agentId: this.idOf(to), force: true };
    return this.told(this.stage.people[who][replica]!.call(transferConversation, { conversationId, ...target }));
  }

  private idOf(name: keyof Stage['people']): string {
    return this.stage.people[name][0]!.agentId;
  }
}
