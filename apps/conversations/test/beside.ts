import { Controller, Module } from '@nestjs/common';
import {
  type AgentInWorkspace,
  type AgentView,
  type ChannelView,
  type CustomerView,
  defaultSettings,
  type GetAgent,
  getAgent,
  type GetChannel,
  getChannel,
  type GetCustomer,
  type GetTeam,
  getTeam,
  notFound,
  type CustomersFound,
  readCustomer,
  type SearchCustomers,
  searchCustomers,
  type TeamView,
} from '@relevo/contracts';
import { Handles, requestsOf } from '@relevo/messaging';
import { PlatformModule, readConfig, ServiceConfig } from '@relevo/platform';
import type { Compose } from '@relevo/testing';

/** What the services that conversations asks know, all of workspace `sur`. */
export class Beside {
  readonly agents = new Map<string, AgentView>();
  readonly teams = new Map<string, TeamView>();
  readonly customers = new Map<string, CustomerView>();
  readonly channels = new Map<string, ChannelView>();

  readonly compose: Compose = (env) => {
    const config = readConfig(ServiceConfig, env);
    @Module({
      imports: [PlatformModule.forService('beside', config)],
      providers: [{ provide: Beside, useValue: this }],
      controllers: [Others],
    })
    class BesideModule {}
    return { module: BesideModule, config, microservices: [requestsOf('beside', config)] };
  };

  agent(id: string, more: Partial<AgentView> = {}): void {
    this.agents.set(id, { id, name: id, email: `${id}@example.com`, role: 'agent', status: 'online', capacity: 5, activeCount: 0, teamIds: [], active: true, ...more });
  }

  team(id: string, more: Partial<TeamView> = {}): void {
    this.teams.set(id, { id, name: id, assignment: 'manual', archived: false, ...more });
  }

  channel(id: string, more: Partial<ChannelView> = {}): void {
    this.channels.set(id, { id, name: id, kind: 'api', ...more });
  }

  customer(id: string, channelId: string, externalId: string, more: Partial<CustomerView> = {}): void {
    this.customers.set(id, { id, name: id, identities: [{ channelId, externalId }], attributes: {}, version: 1, affinityAgentId: null, blocked: false, ...more });
  }
}

function found<T>(known: ReadonlyMap<string, T>, id: string): T {
  const value = known.get(id);
  if (value === undefined) throw notFound('thing');
  return value;
}

@Controller()
class Others {
  constructor(private readonly beside: Beside) {}

  @Handles(getAgent)
  agent({ agentId }: GetAgent): Promise<AgentInWorkspace> {
    return Promise.resolve().then(() => ({ agent: found(this.beside.agents, agentId), workspace: { id: 'sur', name: 'Sur' }, settings: defaultSettings, credentialId: 'first' }));
  }

  @Handles(getTeam)
  team({ teamId }: GetTeam): Promise<TeamView> {
    return Promise.resolve().then(() => found(this.beside.teams, teamId));
  }

  @Handles(readCustomer)
  customer({ customerId }: GetCustomer): Promise<CustomerView> {
    return Promise.resolve().then(() => found(this.beside.customers, customerId));
  }

  @Handles(searchCustomers)
  search({ q }: SearchCustomers): Promise<CustomersFound> {
    const foundBy = [...this.beside.customers].flatMap(([customerId, { name, attributes }]) => {
      const fields = [['name', name] as const, ...Object.entries(attributes).map(([key, { value }]) => [`attributes.${key}`, value] as const)];
      return fields.flatMap(([field, text]) => (text === q ? [{ customerId, field, text: q }] : []));
    });
    return Promise.resolve({ customerIds: [...new Set(foundBy.map(({ customerId }) => customerId))], foundBy });
  }

  @Handles(getChannel)
  channel({ channelId }: GetChannel): Promise<ChannelView> {
    return Promise.resolve().then(() => found(this.beside.channels, channelId));
  }
}
