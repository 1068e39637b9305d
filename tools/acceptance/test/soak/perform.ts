import { randomUUID } from 'node:crypto';
import {
  addNote,
  AppError,
  claimConversation,
  closeConversation,
  type ErrorCode,
  markConversationRead,
  markConversationUnread,
  releaseConversation,
  sendMessage,
  transferConversation,
  undoConversation,
} from '@relevo/contracts';
import { type ApiClient, postInbound } from '@relevo/testing';
import type { Frontend } from './frontend.js';
import { customers, type Step, type Team } from './schedule.js';
import { changeAgent, type Stage } from './stage.js';

/** What agents who act at random, at once and on what they may not see are rightly refused with. */
const rightRefusals: readonly ErrorCode[] = ['NOT_FOUND', 'NOT_ASSIGNEE', 'ALREADY_ASSIGNED', 'CONVERSATION_CLOSED', 'RULE_VIOLATED', 'TARGET_UNAVAILABLE'];

/** One schedule under way: who takes part, and what is known of it. */
export class Performance {
  readonly faults: string[] = [];
  /** Every conversation that a message went to. */
  readonly conversationIds = new Set<string>();
  private readonly identities = customers.map(() => randomUUID());
  /** The latest conversation of each customer. */
  private readonly latest = new Map<number, string>();

  constructor(
    private readonly stage: Stage,
    private readonly frontends: readonly Frontend[],
  ) {}

  /** Resolves when all that it asked for is answered; refusals that are right are part of life. */
  async perform(step: Step): Promise<void> {
    try {
      await this.begin(step);
    } catch (error) {
      if (error instanceof AppError && rightRefusals.includes(error.code)) return;
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
        return changeAgent(this.stage, step.replica, this.idOf(step.who), { teamIds: step.teams.map((team) => this.stage.teamIds[team]) });
      case 'appoint':
        return changeAgent(this.stage, step.replica, this.idOf(step.who), { role: step.role });
    }
  }

  private async write(customer: number, replica: number): Promise<void> {
    const client = this.stage.admin[replica]!;
    const text = `mensaje ${randomUUID()}`;
    const { conversationId } = await postInbound(client.gatewayUrl, this.stage.channels[customers[customer]!], { from: this.identities[customer]!, text });
    this.conversationIds.add(conversationId);
    this.latest.set(customer, conversationId);
  }

  private act(client: ApiClient, deed: Extract<Step, { do: 'act' }>['deed'], conversationId: string | undefined): Promise<unknown> | undefined {
    if (conversationId === undefined) return undefined;
    switch (deed) {
      case 'claim':
        return client.call(claimConversation, { conversationId });
      case 'release':
        return client.call(releaseConversation, { conversationId });
      case 'send':
        return client.call(sendMessage, { conversationId, text: 'una respuesta' });
      case 'note':
        return client.call(addNote, { conversationId, text: 'una nota' });
      case 'close':
        return client.call(closeConversation, { conversationId });
      case 'read':
        return client.call(markConversationRead, { conversationId, upToSeq: 1000 });
      case 'unread':
        return client.call(markConversationUnread, { conversationId });
      case 'undo':
        return client.call(undoConversation, { conversationId });
    }
  }

  private transfer({ who, customer, replica, to }: Extract<Step, { do: 'transfer' }>): Promise<unknown> | undefined {
    const conversationId = this.latest.get(customer);
    if (conversationId === undefined) return undefined;
    const isTeam = (name: string): name is Team => name in this.stage.teamIds;
    const target = isTeam(to) ? { teamId: this.stage.teamIds[to] } : { agentId: this.idOf(to), force: true };
    return this.stage.people[who][replica]!.call(transferConversation, { conversationId, ...target });
  }

  private idOf(name: keyof Stage['people']): string {
    return this.stage.people[name][0]!.agentId;
  }
}
