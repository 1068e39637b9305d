import { claimConversation } from '@relevo/contracts';
import { aMessage, type ApiClient, type CustomerMessage, type ReachedSystem, seedWorkspace } from '@relevo/testing';
import type { Browser } from 'playwright-core';
import { Desk, type DeskOptions } from './desk';

/** Ana sells, Beto ships, Eva is the admin. */
const foundWorkspace = (system: ReachedSystem) =>
  seedWorkspace(system, {
    name: 'Almacén Sur',
    teams: ['ventas', 'envios'],
    agents: { ana: { teams: ['ventas'] }, beto: { teams: ['ventas', 'envios'] }, eva: { role: 'admin' } },
    channels: { tienda: {}, web: { kind: 'webchat' } },
  });

export type Workspace = Awaited<ReturnType<typeof foundWorkspace>>;
export type Who = keyof Workspace['agents'];

/** A workspace of agents who sit before browsers, and of customers who write to it. */
export class Office {
  private readonly desks: Desk[] = [];
  private readonly clients = new Map<Who, Promise<ApiClient>>();

  private constructor(
    readonly system: ReachedSystem,
    private readonly browser: Browser,
    readonly workspace: Workspace,
  ) {}

  static async found(system: ReachedSystem, browser: Browser): Promise<Office> {
    return new Office(system, browser, await foundWorkspace(system));
  }

  get agents(): Workspace['agents'] {
    return this.workspace.agents;
  }

  get teams(): Workspace['teams'] {
    return this.workspace.teams;
  }

  get channels(): Workspace['channels'] {
    return this.workspace.channels;
  }

  /** An agent's other way to the gateway, without a screen. */
  api(who: Who): Promise<ApiClient> {
    const client = this.clients.get(who) ?? this.system.login(this.agents[who]);
    this.clients.set(who, client);
    return client;
  }

  /** A customer of that name writes to the shop; the same name is the same customer. The conversation's id. */
  async writes(name: string, text = 'Hola', more: Partial<CustomerMessage> = {}): Promise<string> {
    const { conversationId } = await this.system.receive(this.channels.tienda, aMessage({ from: name, name, text, ...more }));
    return conversationId;
  }

  /** A customer writes and Ana takes it. The conversation's id. */
  async taken(name: string, text?: string, more?: Partial<CustomerMessage>): Promise<string> {
    const conversationId = await this.writes(name, text, more);
    await (await this.api('ana')).call(claimConversation, { conversationId });
    return conversationId;
  }

  async desk(options: DeskOptions = {}): Promise<Desk> {
    const desk = await Desk.open(this.browser, this.system.gatewayUrl(), options);
    this.desks.push(desk);
    return desk;
  }

  async signedIn(who: Who, options: DeskOptions = {}, path = ''): Promise<Desk> {
    const desk = await this.desk(options);
    await desk.signIn(this.agents[who], path);
    return desk;
  }

  /** Closes all browsers' windows: what they complained of, which must be nothing. */
  async leave(): Promise<string[]> {
    const desks = this.desks.splice(0);
    await Promise.all(desks.map((desk) => desk.close()));
    return desks.flatMap(({ complaints }) => complaints);
  }
}
