import { getActiveConversation, getPublicHistory } from '@relevo/contracts';
import { MessageBus } from '@relevo/messaging';
import { patience, type Receiver, storedMessages, type TestSystem } from '@relevo/testing';
import { OutsideVisitor } from '../support/visitor.js';
import type { Office } from './office.js';
import type { Secrets } from './secrets.js';

type Nats = Awaited<ReturnType<TestSystem['natsAs']>>;

/** The customer-facing NATS users, and all that each may hear beside requests, which it serves. */
const hearing = {
  widget: ['_INBOX_widget.>', 'live.conversations.*.public.>'],
  channels: ['_INBOX_channels.>', 'live.channels.limits.>'],
} as const;
export const customerFacing = ['widget', 'channels'] as const;
export type CustomerFacing = (typeof customerFacing)[number];

/** All that leaves the house, as bytes: what customers and channels get, and what the parts that serve them can get. */
export class Outside {
  /** Of the stream, from its first message on: nothing is ever taken out of it. */
  private readonly published: Buffer[] = [];
  private readonly heard: Record<CustomerFacing, Buffer[]> = { widget: [], channels: [] };

  private constructor(
    private readonly system: TestSystem,
    private readonly office: Office,
    private readonly receiver: Receiver,
    readonly users: Readonly<Record<CustomerFacing, Nats>>,
    private readonly operator: Nats,
  ) {}

  static async around(system: TestSystem, office: Office, receiver: Receiver): Promise<Outside> {
    const users = { widget: await system.natsAs('widget'), channels: await system.natsAs('channels') };
    const outside = new Outside(system, office, receiver, users, await system.natsAs('operator'));
    for (const user of customerFacing) {
      for (const subject of hearing[user]) users[user].subscribe(subject, { callback: (_, message) => outside.hear(user, message) });
      await users[user].flush();
    }
    return outside;
  }

  /** Every place where a customer, or somebody for them, could have read it. */
  async places(): Promise<ReadonlyMap<string, readonly (Buffer | string)[]>> {
    const { visitors, answered, channels } = this.office;
    const back = await OutsideVisitor.open(this.system.gatewayUrl(2), { channelId: channels.web.id, visitorToken: visitors.ines.ready.visitorToken });
    back.close();
    const asked = await this.askedBy('widget');
    this.published.push(...(await storedMessages(this.operator, 'PUBLIC', this.published.length)));
    return new Map<string, readonly (Buffer | string)[]>([
      ['the widget', Object.values(visitors).map(({ received }) => received)],
      ['the widget of who comes back, with the whole history', [back.received]],
      ['a channel’s callback', this.receiver.received.map(({ headers, path, body }) => `${path}\n${JSON.stringify(headers)}\n${body}`)],
      ['what a channel’s system was answered', [answered]],
      ['the stream PUBLIC', this.published],
      ['what NATS user widget heard', this.heard.widget],
      ['what NATS user channels heard', this.heard.channels],
      ['what public requests answer', asked],
    ]);
  }

  /** What of the secrets is anywhere outside. */
  async leaks(secrets: Secrets): Promise<Map<string, string[]>> {
    const leaks = [...(await this.places())].map(([place, all]) => [place, all.flatMap((bytes) => secrets.leaksIn(bytes))] as const);
    return new Map(leaks.filter(([, found]) => found.length > 0));
  }

  /** The answers to a request as this user; none where NATS refuses it. Whatever came to its inbox is heard as well. */
  async tries(user: CustomerFacing, subject: string, payload: string): Promise<string> {
    try {
      return (await this.users[user].request(subject, payload, { timeout: 60_000 })).string();
    } catch (error) {
      return String(error);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.users.widget, this.users.channels, this.operator].map((nats) => nats.close()));
  }

  private hear(user: CustomerFacing, { subject, data, headers }: { subject: string; data: Uint8Array; headers?: { toString(): string } }): void {
    this.heard[user].push(Buffer.concat([Buffer.from(`${subject}\r\n${headers?.toString() ?? ''}`), data]));
  }

  /** The whole history of every customer, and where they are, asked over NATS itself. */
  private async askedBy(user: CustomerFacing): Promise<string[]> {
    const bus = new MessageBus(this.users[user], patience.REQUEST_TIMEOUT_MS);
    const answers: string[] = [];
    for (const { channelId, externalId } of this.office.identities) {
      const caller = { actor: { kind: 'channel', workspaceId: this.office.workspaceId, id: channelId }, correlationId: 'test' } as const;
      answers.push(JSON.stringify(await bus.request(getActiveConversation, { channelId, externalId }, caller)));
      for (let before: string | null | undefined; before !== null; ) {
        const page: { items: object[]; nextCursor: string | null } = await bus.request(getPublicHistory, { channelId, externalId, limit: 100, ...(before !== undefined && { before }) }, caller);
        answers.push(JSON.stringify(page));
        before = page.nextCursor;
      }
    }
    return answers;
  }
}
