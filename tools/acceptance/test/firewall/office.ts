import { randomUUID } from 'node:crypto';
import { type Receiver, seedWorkspace, type TestSystem } from '@relevo/testing';
import { type Answer, type ChannelKey, OutsideAgent, postInbound } from '../support/outsider.js';
import { OutsideVisitor } from '../support/visitor.js';
import type { AgentName, CustomerName, Step } from './script.js';
import type { Secrets } from './secrets.js';

interface WithId {
  readonly id: string;
}

const password = 'only-for-tests-0';

/** Agents who write what no customer may see, and customers on a web chat and on an API channel. */
export class Office {
  /** Where each customer writes now. */
  private readonly conversations = new Map<CustomerName, string>();
  /** All that a channel's own system was answered. */
  answered = '';

  private constructor(
    private readonly system: TestSystem,
    private readonly secrets: Secrets,
    readonly workspaceId: string,
    readonly channels: { readonly web: ChannelKey; readonly api: ChannelKey },
    private readonly agents: Readonly<Record<AgentName, OutsideAgent & WithId>>,
    readonly visitors: Readonly<Record<'ines' | 'nora', OutsideVisitor>>,
    private readonly teams: readonly WithId[],
    private readonly tags: readonly WithId[],
    private readonly apiCustomer: string,
  ) {}

  static async open(system: TestSystem, secrets: Secrets, receiver: Receiver): Promise<Office> {
    const seeded = await seedWorkspace(system, { agents: { root: { role: 'admin' } }, channels: { web: { kind: 'webchat' }, api: { callbackUrl: receiver.url } } });
    const root = await OutsideAgent.signIn(system.gatewayUrl(), seeded.agents.root);
    const made = async (path: string, body: object): Promise<WithId> => {
      const { status, body: view } = await root.call<{ id: string }>('POST', path, body, randomUUID());
      if (status >= 300) throw new Error(`${path}: ${JSON.stringify(view)}`);
      secrets.add(view.id);
      return view;
    };
    const teams = [await made('/teams', { name: secrets.next('equipo') }), await made('/teams', { name: secrets.next('equipo') })];
    const tags = [await made('/tags', { name: secrets.next('etiqueta') }), await made('/tags', { name: secrets.next('etiqueta') }), await made('/tags', { name: secrets.next('etiqueta') })];
    const agent = async (name: AgentName, role: string, replica: number, teamIds: readonly string[]): Promise<OutsideAgent & WithId> => {
      const email = `${secrets.next(name)}@test.example`;
      // Display names are for customers too; all else of an agent is not.
      const { id } = await made('/agents', { name, email, password, role, teamIds });
      const signedIn = await OutsideAgent.signIn(system.gatewayUrl(replica), { email, password });
      await signedIn.connect();
      return Object.assign(signedIn, { id });
    };
    const agents = {
      jefa: await agent('jefa', 'admin', 1, []),
      ana: await agent('ana', 'agent', 2, teams.map(({ id }) => id)),
      beto: await agent('beto', 'agent', 1, [teams[0]!.id]),
    };
    const { web, api } = seeded.channels;
    const visitors = { ines: await OutsideVisitor.open(system.gatewayUrl(1), { channelId: web.id }), nora: await OutsideVisitor.open(system.gatewayUrl(2), { channelId: web.id }) };
    return new Office(system, secrets, seeded.id, { web, api }, agents, visitors, teams, tags, `+54${randomUUID().slice(0, 8)}`);
  }

  /** Which customers there are, as channels call them. */
  get identities(): { channelId: string; externalId: string }[] {
    const visits = Object.values(this.visitors).map(({ ready }) => ({ channelId: this.channels.web.id, externalId: externalIdIn(ready.visitorToken) }));
    return [...visits, { channelId: this.channels.api.id, externalId: this.apiCustomer }];
  }

  /** What a customer writes; in a new conversation where theirs is closed. */
  async customerWrites(of: CustomerName, text: string): Promise<string> {
    const conversationId = of === 'api' ? await this.apiWrites(text) : (await this.visitors[of].writes(text)).conversationId;
    this.conversations.set(of, conversationId);
    return conversationId;
  }

  /** Who may do whatever a supervisor may steps in anywhere. */
  async supervisorWrites(of: CustomerName, text: string): Promise<void> {
    const { status, body } = await this.agents.jefa.call('POST', `/conversations/${this.conversations.get(of)}/messages`, { text }, randomUUID());
    if (status >= 300) throw new Error(`not sent: ${JSON.stringify(body)}`);
  }

  /** Whether it was done: much is refused, as it would be any day. */
  async perform(step: Step): Promise<boolean> {
    const path = `/conversations/${this.conversations.get(step.of)}`;
    const agent = this.agents[step.by];
    const said = (what: string): string => `${step.text}${this.secrets.next(what)}${step.text}`;
    const post = (to: string, body?: object): Promise<Answer> => agent.call('POST', `${path}/${to}`, body, randomUUID());
    switch (step.does) {
      case 'customer writes':
        await this.customerWrites(step.of, `${step.text}¿hola?`);
        return true;
      case 'message':
        return done(await post('messages', { text: `${step.text}dígame` }));
      case 'note':
        return done(await post('notes', { text: said('nota'), mentions: step.mentions.map((name) => this.agents[name].id) }));
      case 'transfer to agent':
        return done(await post('transfer', { agentId: this.agents[step.to].id, force: true, ...(step.noted && { note: said('nota-al-derivar') }) }));
      case 'transfer to team':
        return done(await post('transfer', { teamId: this.teams[step.to]!.id, ...(step.noted && { note: said('nota-al-derivar') }) }));
      case 'tag':
        return done(await agent.call('PUT', `${path}/tags/${this.tags[step.tag]!.id}`, undefined, randomUUID()));
      case 'untag':
        return done(await agent.call('DELETE', `${path}/tags/${this.tags[step.tag]!.id}`, undefined, randomUUID()));
      case 'rename tag':
        // Admins alone do that.
        return done(await this.agents.jefa.call('PATCH', `/tags/${this.tags[step.tag]!.id}`, { name: this.secrets.next('etiqueta') }, randomUUID()));
      case 'typing':
        return (await agent.emit('typing.start', { conversationId: this.conversations.get(step.of) })).ok;
      case 'read':
        return done(await post('read', { upToSeq: 1_000_000 }));
      case 'claim':
      case 'release':
      case 'close':
      case 'undo':
      case 'unread':
        return done(await post(step.does));
    }
  }

  close(): void {
    for (const each of Object.values(this.agents)) each.disconnect();
    for (const each of Object.values(this.visitors)) each.close();
  }

  private async apiWrites(text: string): Promise<string> {
    const { status, body } = await postInbound(this.system.gatewayUrl(2), this.channels.api, this.apiCustomer, text);
    if (status !== 202) throw new Error(`refused: ${JSON.stringify(body)}`);
    this.answered += JSON.stringify(body);
    return body.conversationId;
  }
}

const done = ({ status }: Answer): boolean => status < 300;

/** A visitor's token names them, signed. */
function externalIdIn(token: string): string {
  const [, claims = ''] = token.split('.');
  return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string }).sub;
}
