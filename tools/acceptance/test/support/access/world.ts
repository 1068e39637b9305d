import { randomUUID } from 'node:crypto';
import { type Operation, type OperationName, nameOf, operations } from '@relevo/contracts';
import { seedWorkspace, startTestSystem, type TestSystem } from '@relevo/testing';
import type { Fields, Outcome } from '../answer.js';
import { postInbound } from '../outsider.js';
import { Caller, signIn } from './caller.js';
import { expired, secret } from './tokens.js';

/** Everybody who may knock at the door of workspace `norte`; three of them are its admin, or were. */
export const strangers = ['nobody', 'revoked', 'expired', 'foreignAgent', 'foreignAdmin'] as const;
export const members = ['otherTeam', 'noTeam', 'colleague', 'assignee', 'supervisor', 'admin'] as const;
export const callerNames = [...strangers, ...members] as const;
export type Member = (typeof members)[number];
export type CallerName = (typeof callerNames)[number];

export const isMember = (name: CallerName): name is Member => (members as readonly string[]).includes(name);

export const seedNorth = (system: TestSystem) =>
  seedWorkspace(system, {
    name: 'Norte',
    teams: ['ventas', 'soporte'],
    agents: {
      otherTeam: { teams: ['soporte'] },
      noTeam: {},
      colleague: { teams: ['ventas'] },
      assignee: { teams: ['ventas'] },
      receiver: { teams: ['ventas'] },
      supervisor: { role: 'supervisor' },
      admin: { role: 'admin' },
    },
    channels: { ventas: { team: 'ventas' }, general: {}, web: { kind: 'webchat', bot: true }, shop: { kind: 'webchat' } },
  });

export const seedSouth = (system: TestSystem) =>
  seedWorkspace(system, {
    name: 'Sur',
    teams: ['ventas'],
    agents: { agent: { teams: ['ventas'] }, admin: { role: 'admin' } },
    channels: { ventas: { team: 'ventas' }, general: {}, web: { kind: 'webchat', bot: true } },
  });

export type ChannelName = 'ventas' | 'general';

/** A conversation that a test made: of team `ventas` or of none, as its channel says. */
export interface Opened {
  readonly conversationId: string;
  readonly channel: ChannelName;
}

/** A running system with two workspaces, and somebody of every kind signed in. */
export class World {
  /** All there is to be seen in each workspace. */
  readonly conversations: Readonly<Record<'north' | 'south', Opened[]>> = { north: [], south: [] };

  /** Id of a tag of workspace `norte`. */
  tagId = '';

  private constructor(
    readonly system: TestSystem,
    readonly north: Awaited<ReturnType<typeof seedNorth>>,
    readonly south: Awaited<ReturnType<typeof seedSouth>>,
    readonly callers: Readonly<Record<CallerName, Caller>>,
  ) {}

  static async start(): Promise<World> {
    const system = await startTestSystem({ serviceEnv: { gateway: { JWT_SECRET: secret } } });
    try {
      const [north, south] = await Promise.all([seedNorth(system), seedSouth(system)]);
      const world = new World(system, north, south, await letIn(system, north, south));
      world.tagId = String((await world.must('admin', 'POST /tags', { name: 'reclamo' })).id);
      return world;
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  get url(): string {
    return this.system.gatewayUrl();
  }

  /** A customer writes for the first time. */
  async opened(channel: ChannelName, workspace: 'north' | 'south' = 'north'): Promise<string> {
    const { status, body } = await postInbound(this.url, this[workspace].channels[channel], `+34${randomUUID()}`, 'hola');
    if (status !== 202) throw new Error(`inbound: ${status} ${JSON.stringify(body)}`);
    this.conversations[workspace].push({ conversationId: body.conversationId, channel });
    return body.conversationId;
  }

  /** What must work for a test to begin. */
  async must(caller: CallerName, name: OperationName, fields: Fields): Promise<Fields> {
    const outcome = await this.ask(caller, name, fields);
    if (outcome.code !== 'ok') throw new Error(`${name} by ${caller}: ${JSON.stringify(outcome)}`);
    return outcome.body;
  }

  async ask(caller: CallerName, name: OperationName, fields: Fields): Promise<Outcome> {
    return (await this.callers[caller].ask('REST', operationNamed(name), fields))!;
  }

  async stop(): Promise<void> {
    for (const caller of Object.values(this.callers)) caller.close();
    await this.system.stop();
  }
}

export function operationNamed(name: OperationName): Operation {
  return operations.find((operation) => nameOf(operation) === name)!;
}

async function letIn(
  system: TestSystem,
  north: Awaited<ReturnType<typeof seedNorth>>,
  south: Awaited<ReturnType<typeof seedSouth>>,
): Promise<Record<CallerName, Caller>> {
  const url = system.gatewayUrl();
  const signedIn = async (agent: { email: string; password: string }): Promise<Caller> => {
    const caller = new Caller(url, (await signIn(url, agent)).accessToken);
    await caller.connect();
    return caller;
  };
  const { accessToken } = await signIn(url, north.agents.admin);
  const left = await fetch(`${url}/v1/auth/logout`, { method: 'POST', headers: { authorization: `Bearer ${accessToken}` } });
  if (left.status !== 204) throw new Error(`logout: ${left.status}`);
  const inside = await Promise.all(members.map(async (name) => [name, await signedIn(north.agents[name])] as const));
  const { admin, ...others } = Object.fromEntries(inside) as Record<Member, Caller>;
  return {
    nobody: new Caller(url),
    revoked: new Caller(url, accessToken),
    expired: new Caller(url, expired(admin.token!)),
    foreignAgent: await signedIn(south.agents.agent),
    foreignAdmin: await signedIn(south.agents.admin),
    admin,
    ...others,
  };
}
