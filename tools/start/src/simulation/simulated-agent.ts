import { setTimeout as delay } from 'node:timers/promises';
import { claimConversation, closeConversation, type ConversationView, sendMessage } from '@relevo/contracts';
import type { AgentSocket } from '../client/agent-socket.js';
import type { ApiClient } from '../client/api-client.js';
import type { LiveEvent } from '../client/event-log.js';
import { answers, oneOf } from './phrases.js';
import type { Tally } from './tally.js';

type TimelineEvent = LiveEvent<'timeline.entry'>;

/** Chance to go for a conversation that nobody has: some race each other, some are left for the next message. */
const claimChance = 0.4;
/** Chance that an answer was the last one needed. */
const closeChance = 0.2;
const thinkMs = { least: 300, most: 1_500 };
const reconnectMs = 1_000;
/** Of an access token's life. */
const refreshAt = 0.6;
/** Events are acted upon as they come; none need be kept. */
const keep = 10;

/** Watches the live events like a console does, claims, answers, and now and then closes. */
export class SimulatedAgent {
  private socket: AgentSocket | undefined;
  private refreshing: NodeJS.Timeout | undefined;
  /** One answer at a time for each conversation, however many messages it is to. */
  private readonly busy = new Set<string>();

  constructor(
    private readonly client: ApiClient,
    private readonly tally: Tally,
    private readonly signal: AbortSignal,
    private readonly onEvent: (event: TimelineEvent) => void = () => undefined,
  ) {}

  /** Resolves once it is live; comes back by itself, where it left off, when it is cut. */
  async start(): Promise<void> {
    await this.connect();
    const { expiresIn } = this.client.session;
    this.refreshing = setInterval(() => void this.refresh(), expiresIn * 1000 * refreshAt);
  }

  stop(): void {
    clearInterval(this.refreshing);
    this.socket?.close();
  }

  private async connect(cursor?: string): Promise<void> {
    const socket = await this.client.connect({ cursor, keep });
    this.socket = socket;
    socket.on('timeline.entry', (event) => {
      this.onEvent(event);
      if (!this.signal.aborted) void this.consider(event);
    });
    socket.onEnd(() => void this.comeBack(socket.cursor));
  }

  private async comeBack(cursor: string): Promise<void> {
    while (!this.signal.aborted) {
      await delay(reconnectMs);
      try {
        return await this.connect(cursor);
      } catch (error) {
        this.tally.failed(error);
      }
    }
  }

  private async refresh(): Promise<void> {
    try {
      const { accessToken } = await this.client.refresh();
      await this.socket?.emit('auth.refresh', { token: accessToken });
    } catch (error) {
      this.tally.failed(error);
    }
  }

  private async consider({ entry, conversation }: TimelineEvent): Promise<void> {
    const { id } = conversation;
    if (entry.type !== 'message' || entry.actor.kind !== 'customer' || this.busy.has(id)) return;
    const mine = conversation.assigneeId === this.client.agentId;
    if (!mine && (conversation.assigneeId !== null || Math.random() >= claimChance)) return;
    this.busy.add(id);
    try {
      await this.serve(conversation, mine);
    } catch (error) {
      this.tally.failed(error);
    } finally {
      this.busy.delete(id);
    }
  }

  private async serve({ id: conversationId }: ConversationView, mine: boolean): Promise<void> {
    await this.think();
    if (!mine) {
      await this.socket?.ask(claimConversation, { conversationId });
      this.tally.claimed += 1;
      await this.think();
    }
    if (this.signal.aborted) return;
    await this.socket?.ask(sendMessage, { conversationId, text: oneOf(answers) });
    this.tally.answered += 1;
    if (Math.random() >= closeChance) return;
    await this.think();
    if (this.signal.aborted) return;
    await this.socket?.ask(closeConversation, { conversationId });
    this.tally.closed += 1;
  }

  private async think(): Promise<void> {
    const ms = thinkMs.least + Math.random() * (thinkMs.most - thinkMs.least);
    await delay(ms, undefined, { signal: this.signal }).catch(() => undefined);
  }
}
