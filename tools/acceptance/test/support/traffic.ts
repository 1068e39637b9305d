import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Acknowledged } from './load.js';
import { OutsideAgent, postInbound, refresh, signIn } from './outsider.js';
import type { System } from './system.js';

/** One request as its client saw it. */
export interface Asked {
  readonly kind: string;
  readonly askedAt: number;
  readonly tookMs: number;
  /** `OK`, or the code of the refusal. */
  readonly code: string;
}

/** What was answered: its code, and the message that it acknowledged if it was one. */
interface Said {
  readonly code: string;
  readonly acknowledged?: Acknowledged;
}

/** Between two requests of one kind at one gateway. */
const everyMs = 250;

interface ChangedAnswer {
  readonly code?: string;
  readonly entry?: { seq: number };
}

/**
 * Agents and customers who do everything that is done all day, each thing over and over at a bounded rate through both
 * gateways. What is written is repeated with the same id until it is acknowledged, as any sound client does.
 */
export class Traffic {
  readonly asked: Asked[] = [];
  readonly acknowledged: Acknowledged[] = [];
  private readonly stopping = new AbortController();
  private abandoned = false;
  private loops: Promise<void>[] = [];

  private constructor(
    private readonly system: System,
    /** One at each gateway, with a socket; both the same agent. */
    readonly agents: readonly OutsideAgent[],
    /** Claimed by them; one for each kind of writing. */
    private readonly conversations: Readonly<Record<'rest' | 'socket' | 'notes', string>>,
  ) {}

  static async prepare(system: System): Promise<Traffic> {
    const [credentials] = system.agents;
    const agents = await Promise.all(system.gatewayUrls.map((url) => OutsideAgent.signIn(url, credentials!)));
    await Promise.all(agents.map((agent) => agent.connect()));
    const open = async (): Promise<string> => {
      const { body } = await postInbound(system.gatewayUrls[0]!, system.channel, `+57${randomUUID().slice(0, 8)}`, randomUUID());
      await agents[0]!.call('POST', `/conversations/${body.conversationId}/claim`);
      return body.conversationId;
    };
    return new Traffic(system, agents, { rest: await open(), socket: await open(), notes: await open() });
  }

  start(): void {
    this.loops = this.agents.flatMap((agent, index) => [
      this.repeat('list', () => this.list(agent)),
      this.writing('message over REST', this.conversations.rest, (text, commandId) => agent.call('POST', `/conversations/${this.conversations.rest}/messages`, { text }, commandId)),
      this.writing('message over a socket', this.conversations.socket, (text, commandId) => emitted(agent, 'message.send', { conversationId: this.conversations.socket, commandId, text })),
      this.writing('note', this.conversations.notes, (text, commandId) => emitted(agent, 'note.add', { conversationId: this.conversations.notes, commandId, text })),
      this.inbound(agent.gatewayUrl, `+58${index}${randomUUID().slice(0, 8)}`),
      this.repeat('login', async () => ({ code: codeOf(await signIn(agent.gatewayUrl, this.system.agents[1]!)) })),
      this.refreshing(agent.gatewayUrl),
    ]);
  }

  /** Every kind that was answered well since then. */
  answeredWellSince(instant: number): Set<string> {
    return new Set(this.asked.filter(({ askedAt, code }) => askedAt >= instant && code === 'OK').map(({ kind }) => kind));
  }

  get kinds(): Set<string> {
    return new Set(this.asked.map(({ kind }) => kind));
  }

  /** Resolves when everything begun is acknowledged. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops);
  }

  /** For the end, however it came: what is not acknowledged by now never will be. */
  async abandon(): Promise<void> {
    this.abandoned = true;
    await this.stop();
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async repeat(kind: string, ask: () => Promise<Said>): Promise<void> {
    while (!this.stopped) await this.once(kind, ask);
  }

  /** One request, and a breath. */
  private async once(kind: string, ask: () => Promise<Said>): Promise<Said> {
    const askedAt = performance.now();
    const said = await ask().catch((error: unknown): Said => ({ code: String(error) }));
    this.asked.push({ kind, askedAt, tookMs: performance.now() - askedAt, code: said.code });
    if (said.acknowledged) this.acknowledged.push(said.acknowledged);
    await pause(everyMs);
    return said;
  }

  private async list(agent: OutsideAgent): Promise<Said> {
    return { code: codeOf(await agent.call('GET', '/conversations?tray=unassigned&limit=20')) };
  }

  private async writing(kind: string, conversationId: string, write: (text: string, commandId: string) => Promise<{ status: number; body: ChangedAnswer }>): Promise<void> {
    while (!this.stopped) {
      const [text, commandId] = [randomUUID(), randomUUID()];
      await this.untilAcknowledged(kind, async () => {
        const answer = await write(text, commandId);
        const seq = answer.body.entry?.seq;
        return { code: codeOf(answer), ...(seq !== undefined && { acknowledged: { conversationId, seq, text } }) };
      });
    }
  }

  private async inbound(gatewayUrl: string, customer: string): Promise<void> {
    while (!this.stopped) {
      const [text, externalMessageId] = [randomUUID(), randomUUID()];
      await this.untilAcknowledged('inbound webhook', async () => {
        const { status, body } = await postInbound<ChangedAnswer & { conversationId: string; seq: number }>(gatewayUrl, this.system.channel, customer, text, externalMessageId);
        return status === 202 ? { code: 'OK', acknowledged: { conversationId: body.conversationId, seq: body.seq, text } } : { code: codeOf({ status, body }) };
      });
    }
  }

  private async untilAcknowledged(kind: string, write: () => Promise<Said>): Promise<void> {
    while ((await this.once(kind, write)).acknowledged === undefined && !this.abandoned);
  }

  /** A session renewed over and over. What was not answered is asked for again with the same token and id: no outage ends a session. */
  private async refreshing(gatewayUrl: string): Promise<void> {
    let kept: { token: string; commandId: string } | undefined;
    while (!this.stopped) {
      const given = kept;
      const signsIn = given === undefined;
      await this.once(signsIn ? 'login' : 'refresh', async () => {
        const answer = signsIn ? await signIn(gatewayUrl, this.system.agents[2]!) : await refresh(gatewayUrl, given.token, given.commandId);
        const code = codeOf(answer);
        if (code === 'OK') kept = { token: answer.body.refreshToken, commandId: randomUUID() };
        return { code };
      });
    }
  }
}

const codeOf = ({ status, body }: { status: number; body: { code?: string } }): string => (status < 300 ? 'OK' : (body.code ?? String(status)));

async function emitted(agent: OutsideAgent, event: string, body: object): Promise<{ status: number; body: ChangedAnswer }> {
  const { ok, data, error } = await agent.emit<ChangedAnswer>(event, body);
  return ok ? { status: 200, body: data } : { status: 500, body: { code: error?.code } };
}
