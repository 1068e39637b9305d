import { type ChannelKind, createAgent, createChannel, createTeam, createWorkspace, type Role } from '@relevo/contracts';
import { type MessageBus, systemCaller } from '@relevo/messaging';
import { newId } from '@relevo/platform';

export interface AgentWish<Team extends string> {
  /** `agent` when absent. */
  readonly role?: Role;
  readonly teams?: readonly Team[];
}

export interface ChannelWish<Team extends string> {
  /** `api` when absent. */
  readonly kind?: ChannelKind;
  readonly team?: Team;
  readonly bot?: boolean;
  readonly callbackUrl?: string;
}

export interface WorkspaceWish<Team extends string, Agent extends string, Channel extends string> {
  readonly name?: string;
  readonly teams?: readonly Team[];
  readonly agents?: Readonly<Record<Agent, AgentWish<Team>>>;
  readonly channels?: Readonly<Record<Channel, ChannelWish<Team>>>;
}

export interface SeededAgent {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface SeededChannel {
  readonly id: string;
  readonly secret: string;
}

/** What a test asked for, by the names it gave. */
export interface TestWorkspace<Team extends string, Agent extends string, Channel extends string> {
  readonly id: string;
  /** Ids. */
  readonly teams: Readonly<Record<Team, string>>;
  readonly agents: Readonly<Record<Agent, SeededAgent>>;
  readonly channels: Readonly<Record<Channel, SeededChannel>>;
}

/** Long, because tests ask for much at once on machines that do other things too; passwords are slow on purpose. */
const answerWithinMs = 60_000;

/** Good for nothing outside a test. */
const password = 'only-for-tests';

async function byName<K extends string, V>(names: readonly K[], make: (name: K) => Promise<V>): Promise<Record<K, V>> {
  const made = await Promise.all(names.map(async (name) => [name, await make(name)] as const));
  return Object.fromEntries(made) as Record<K, V>;
}

const keysOf = <K extends string>(wishes: Readonly<Record<K, unknown>> | undefined): K[] => Object.keys(wishes ?? {}) as K[];

/**
 * A workspace of its own for a test:
 * `seedWorkspace(system, { teams: ['sales'], agents: { ana: { teams: ['sales'] } }, channels: { shop: {} } })`.
 */
export async function seedWorkspace<const Team extends string = never, const Agent extends string = never, const Channel extends string = never>(
  { bus }: { readonly bus: MessageBus },
  wish: WorkspaceWish<Team, Agent, Channel>,
): Promise<TestWorkspace<Team, Agent, Channel>> {
  const commandId = newId();
  const { id } = await bus.request(createWorkspace, { commandId, name: wish.name ?? `Workspace ${commandId.slice(0, 8)}` }, systemCaller('test'), answerWithinMs);
  const caller = systemCaller('test', id);
  const teams = await byName(wish.teams ?? [], async (name) => (await bus.request(createTeam, { commandId: newId(), name }, caller, answerWithinMs)).id);
  const [agents, channels] = await Promise.all([
    byName(keysOf(wish.agents), async (name): Promise<SeededAgent> => {
      const { role = 'agent', teams: memberOf = [] } = wish.agents?.[name] ?? {};
      // Unique over all workspaces, and every test calls its agent Ana.
      const email = `${name}.${commandId.slice(0, 13)}@test.example`.toLowerCase();
      const agent = await bus.request(createAgent, { commandId: newId(), name, email, password, role, teamIds: memberOf.map((team) => teams[team]) }, caller, answerWithinMs);
      return { id: agent.id, name, email, password };
    }),
    byName(keysOf(wish.channels), async (name): Promise<SeededChannel> => {
      const { kind = 'api', team, bot, callbackUrl } = wish.channels?.[name] ?? {};
      const body = { commandId: newId(), name, kind, ...(team && { teamId: teams[team] }), ...(bot !== undefined && { bot }), ...(callbackUrl && { callbackUrl }) };
      const channel = await bus.request(createChannel, body, caller, answerWithinMs);
      return { id: channel.id, secret: channel.secret };
    }),
  ]);
  return { id, teams, agents, channels };
}
