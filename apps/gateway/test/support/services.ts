import { Controller, type INestApplication, Module, type Type } from '@nestjs/common';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  type AgentEvent,
  type AgentInWorkspace,
  type AgentView,
  type AnyRpc,
  AppError,
  type Caller,
  type ConversationsCounted,
  type CountConversations,
  countConversations,
  type CountKey,
  checkOrigin,
  changePassword,
  defaultSettings,
  type ChangePassword,
  type GatewayRenewed,
  type KeyCounts,
  type GetAgent,
  getActiveConversation,
  getAgent,
  listAgents,
  getPublicHistory,
  findAttachments,
  openWebhook,
  receiveOpenedMessage,
  checkSignature,
  checkOwnAttachment,
  checkSender,
  invalid,
  notFound,
  openVisit,
  operations,
  type ReceivedMessage,
  type ReceiveWebhook,
  receiveVisitorMessage,
  receiveStatus,
  receiveWebhook,
  renewGateway,
  type PresenceReported,
  type ReportPresence,
  reportPresence,
  type ForgetGateway,
  forgetGateway,
  type GatewayForgotten,
  routingEvents,
  tellVisitorTyping,
  typingEvents,
  type VerifyPassword,
  verifyPassword,
} from '@relevo/contracts';
import { connectionOptions, ensureStreams, EventPublisher, Handles, MessagingModule, NATS_CONNECTION, outgoing, requestsOf } from '@relevo/messaging';
import { newId, PlatformModule, type ServiceConfig, startApplication } from '@relevo/platform';

/** A request as a service met it, after its own check. */
export interface Received {
  readonly subject: string;
  readonly request: object;
  readonly caller: Caller;
}

export const password = 'una clave larga';

/** The services behind the gateway, as far as it needs them: real contracts over the real NATS, answers as told. */
export class Services {
  readonly received: Received[] = [];
  /** Keys that gateways asked to be counted, request by request, of each workspace. */
  readonly counted: { readonly workspaceId: string | undefined; readonly keys: readonly CountKey[] }[] = [];
  /** What is counted, by workspace and key; nothing at all until told. */
  readonly counts = new Map<string, KeyCounts>();
  /** Whether counting is refused. */
  refusesCounting = false;
  /** What gateways said of who is connected. */
  readonly reports: ReportPresence[] = [];
  readonly goodbyes: string[] = [];
  /** Whether reports are refused, and how many were. */
  refusesReports = false;
  refused = 0;
  private readonly agents = new Map<string, AgentInWorkspace>();
  private readonly passwords = new Map<string, string>();
  private readonly answers = new Map<string, (request: object, caller: Caller) => Promise<object>>();
  private app: INestApplication;
  private seq = 0;

  async start(config: ServiceConfig): Promise<this> {
    const nats = await connect(connectionOptions('services', config));
    await ensureStreams(nats);
    await nats.close();
    const controllers = [routingOf(this, this.agents, this.passwords), ownersOf(this)];
    @Module({ imports: [PlatformModule.forService('services', config), MessagingModule.forService('services', config)], controllers })
    class ServicesModule {}
    this.app = await startApplication(ServicesModule, config, [requestsOf('services', config)]);
    return this;
  }

  stop(): Promise<void> {
    return this.app.close();
  }

  /** An agent of workspace `sur`, or of the one named. */
  hire(name: string, more: Partial<AgentView> = {}, workspaceId = 'sur'): AgentView {
    const id = `agent-${newId()}`;
    const agent: AgentView = { id, name, email: `${id}@example.com`, role: 'agent', status: 'online', capacity: 5, activeCount: 0, teamIds: [], active: true, ...more };
    this.agents.set(id, { agent, workspace: { id: workspaceId, name: `Empresa ${workspaceId}` }, settings: defaultSettings, credentialId: 'first' });
    return agent;
  }

  dismiss(agent: AgentView): void {
    this.agents.delete(agent.id);
  }

  /** Changes an agent whose event nobody hears. */
  changeInSilence({ id }: AgentView, change: Partial<AgentView>): AgentInWorkspace {
    const { agent, ...rest } = this.agents.get(id)!;
    const changed = { agent: { ...agent, ...change }, ...rest };
    this.agents.set(id, changed);
    return changed;
  }

  /** Gives an agent another password, of which nobody hears. */
  passwordInSilence({ id }: AgentView, credentialId: string, next = password): void {
    this.agents.set(id, { ...this.agents.get(id)!, credentialId });
    this.passwords.set(id, next);
  }

  /** Changes an agent the way routing does: stored first, told afterwards. */
  async change(before: AgentView, change: Partial<AgentView>): Promise<void> {
    const { agent: changed, workspace } = this.changeInSilence(before, change);
    const payload: AgentEvent = { noun: 'agent', workspaceId: workspace.id, agent: changed };
    await this.app
      .get(EventPublisher)
      .publish(outgoing({ contract: routingEvents, workspaceId: workspace.id, aggregateId: changed.id, seq: ++this.seq, fact: 'agent-changed', payload }));
  }

  /** May ask anything. */
  get nats(): NatsConnection {
    return this.app.get(NATS_CONNECTION);
  }

  get events(): EventPublisher {
    return this.app.get(EventPublisher);
  }

  /** To whoever listens just now. */
  say(subject: string, notice: object): void {
    this.app.get<NatsConnection>(NATS_CONNECTION).publish(subject, JSON.stringify(notice));
  }

  /** How a request is answered from now on; an echo of it until told. */
  answer(rpc: AnyRpc, how: (request: object, caller: Caller) => Promise<object>): void {
    this.answers.set(rpc.subject, how);
  }

  private agentsIn(workspaceId: string | undefined): AgentView[] {
    return [...this.agents.values()].flatMap(({ agent, workspace }) => (workspace.id === workspaceId ? [agent] : []));
  }

  /** From now on; until an event tells of it no gateway knows. */
  count(counts: KeyCounts, workspaceId = 'sur'): void {
    this.counts.set(`${workspaceId} ${counts.key}`, counts);
  }

  countKeys({ keys }: CountConversations, { actor: { workspaceId } }: Caller): ConversationsCounted {
    this.counted.push({ workspaceId, keys });
    if (this.refusesCounting) throw new AppError('UNAVAILABLE', 'Not now.');
    const found = keys.map((key): KeyCounts => this.counts.get(`${workspaceId} ${key}`) ?? (key.startsWith('agent:') ? { key, queues: [], unread: 0 } : { key, bot: 0, unassigned: 0, assigned: 0 }));
    return { places: found.filter((counts) => 'assigned' in counts), agents: found.filter((counts) => 'queues' in counts) };
  }

  async handle(subject: string, request: object, caller: Caller): Promise<object> {
    // The gateway's own question, beside what agents ask.
    if (subject === listAgents.subject && caller.actor.kind === 'system') return { items: this.agentsIn(caller.actor.workspaceId), nextCursor: null };
    this.received.push({ subject, request: { ...request }, caller });
    return (await this.answers.get(subject)?.(request, caller)) ?? { echo: request };
  }
}

/** Agents and their passwords. */
function routingOf(services: Services, agents: Map<string, AgentInWorkspace>, passwords: Map<string, string>): Type {
  const isPasswordOf = ({ agent }: AgentInWorkspace, given: string): boolean => agent.active && given === (passwords.get(agent.id) ?? password);

  @Controller()
  class Routing {
    @Handles(verifyPassword)
    verify({ email, password: given }: VerifyPassword): Promise<AgentInWorkspace> {
      const found = [...agents.values()].find(({ agent }) => agent.email === email);
      if (!found || !isPasswordOf(found, given)) throw new AppError('UNAUTHENTICATED', 'Unknown email or wrong password.');
      return Promise.resolve(found);
    }

    @Handles(changePassword)
    change({ agentId, currentPassword, newPassword, credentialId }: ChangePassword): Promise<AgentInWorkspace> {
      const found = agents.get(agentId)!;
      if (!isPasswordOf(found, currentPassword)) throw invalid('currentPassword', 'is wrong');
      services.passwordInSilence(found.agent, credentialId, newPassword);
      return Promise.resolve(agents.get(agentId)!);
    }

    @Handles(renewGateway)
    renew(): Promise<GatewayRenewed> {
      return Promise.resolve({ known: true });
    }

    @Handles(reportPresence)
    report(report: ReportPresence): Promise<PresenceReported> {
      if (services.refusesReports) {
        services.refused += 1;
        throw new AppError('UNAVAILABLE', 'Not now.');
      }
      services.reports.push(report);
      return Promise.resolve({});
    }

    @Handles(forgetGateway)
    forget({ gatewayId }: ForgetGateway): Promise<GatewayForgotten> {
      services.goodbyes.push(gatewayId);
      return Promise.resolve({});
    }

    @Handles(getAgent)
    get({ agentId }: GetAgent): Promise<AgentInWorkspace> {
      const found = agents.get(agentId);
      if (!found) throw notFound('agent');
      return Promise.resolve(found);
    }
  }
  return Routing;
}

/** What the widget asks, and what agents ask besides the operations. */
const forVisitors: readonly AnyRpc[] = [openWebhook, receiveOpenedMessage, checkSignature, findAttachments, checkOwnAttachment, checkSender, checkOrigin, openVisit, receiveVisitorMessage, getActiveConversation, getPublicHistory, tellVisitorTyping, ...Object.values(typingEvents)];

/** Every operation there is, what visitors need, and webhooks. */
function ownersOf(services: Services): Type {
  @Controller()
  class Owners {
    @Handles(countConversations)
    count(request: CountConversations, caller: Caller): Promise<ConversationsCounted> {
      return Promise.resolve().then(() => services.countKeys(request, caller));
    }

    @Handles(receiveStatus)
    status(request: object, caller: Caller): Promise<ReceivedMessage> {
      return services.handle(receiveStatus.subject, request, caller) as Promise<ReceivedMessage>;
    }

    @Handles(receiveWebhook)
    receive(request: ReceiveWebhook, caller: Caller): Promise<ReceivedMessage> {
      return services.handle(receiveWebhook.subject, request, caller) as Promise<ReceivedMessage>;
    }
  }
  for (const rpc of [...operations.map(({ rpc }) => rpc), ...forVisitors]) {
    const value = (request: object, caller: Caller): Promise<object> => services.handle(rpc.subject, request, caller);
    const descriptor = { value, writable: true, configurable: true };
    Object.defineProperty(Owners.prototype, rpc.subject, descriptor);
    Handles(rpc)(Owners.prototype, rpc.subject, descriptor);
  }
  return Owners;
}
