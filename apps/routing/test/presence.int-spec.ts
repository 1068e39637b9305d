import {
  type AgentActor,
  type AgentStatusNotice,
  agentStatusSubject,
  AppError,
  changeSettings,
  createAgent,
  createWorkspace,
  forgetGateway,
  getAgent,
  listAgents,
  type MeView,
  type Presence,
  renewGateway,
  reportPresence,
  setStatus,
  type SystemActor,
} from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { eventually, type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';

const system: SystemActor = { kind: 'system', id: 'gateway' };

/** Long enough that a slow machine does not let a gateway fall silent between two lines of a test. */
const silentSeconds = 25;
/** Likewise of agents who do nothing meanwhile. */
const idleSeconds = 30;
const patienceMs = 120_000;

let replicas: Replicas;
const told: AgentStatusNotice[] = [];

beforeAll(async () => {
  replicas = await startReplicas({ service: 'routing', compose, env: { PRESENCE_SILENT_SECONDS: String(silentSeconds), PRESENCE_IDLE_SECONDS: String(idleSeconds) } });
  replicas.nats.subscribe(agentStatusSubject(), { callback: (_, message) => void told.push(message.json<AgentStatusNotice>()) });
  await replicas.nats.flush();
});

afterAll(() => replicas?.stop());

async function anAgent(): Promise<AgentActor> {
  const { id: workspaceId } = await replicas.ask(createWorkspace, { commandId: newId(), name: 'Sur' }, system);
  const email = `ana.${newId()}@sur.example`;
  const inside = { ...system, workspaceId };
  const { id, name, role } = await replicas.ask(createAgent, { commandId: newId(), name: 'Ana', email, password: 'correcto caballo', role: 'agent' }, inside);
  return { kind: 'agent', workspaceId, id, name, role, teamIds: [] };
}

/** A gateway as routing meets one. */
class Gateway {
  readonly id = newId();
  private seq = 0;
  private timer?: NodeJS.Timeout;

  async begin(): Promise<this> {
    await replicas.ask(renewGateway, { gatewayId: this.id, begins: true }, system);
    return this;
  }

  /** Until `fallSilent`. */
  keepAlive(): this {
    this.timer = setInterval(() => void this.renew().catch(() => undefined), 500);
    return this;
  }

  fallSilent(): void {
    clearInterval(this.timer);
  }

  async renew(): Promise<boolean> {
    return (await replicas.ask(renewGateway, { gatewayId: this.id, begins: false }, system)).known;
  }

  async say({ id: agentId, workspaceId }: AgentActor, connected: boolean, { seq = ++this.seq, active = true } = {}): Promise<void> {
    await replicas.ask(reportPresence, { gatewayId: this.id, seq, agents: [{ agentId, workspaceId, connected, active }] }, system);
  }
}

const statusOf = async ({ id }: AgentActor): Promise<Presence> => (await replicas.ask(getAgent, { agentId: id }, system)).agent.status;
const becomes = (agent: AgentActor, status: Presence): Promise<void> => eventually(async () => expect(await statusOf(agent)).toBe(status), patienceMs);
const toldOf = ({ id }: AgentActor): Presence[] => told.filter(({ agentId }) => agentId === id).map(({ status }) => status);
const choose = (agent: AgentActor, status: 'online' | 'away', commandId = newId()): Promise<MeView> => replicas.ask(setStatus, { commandId, status }, agent);

const codeOf = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('an agent', () => {
  it('is what their connections say, in every answer that shows them, and everybody is told once', async () => {
    const [agent, gateway] = [await anAgent(), (await new Gateway().begin()).keepAlive()];
    expect(await statusOf(agent)).toBe('offline');
    await gateway.say(agent, true);
    expect(await statusOf(agent)).toBe('online');
    const { items } = await replicas.ask(listAgents, {}, agent);
    expect(items).toMatchObject([{ id: agent.id, status: 'online', activeCount: 0 }]);
    await gateway.say(agent, false);
    expect(await statusOf(agent)).toBe('offline');
    await eventually(() => expect(toldOf(agent)).toEqual(['online', 'offline']), patienceMs);
    gateway.fallSilent();
  });

  it('is away when they chose so, also from before they came', async () => {
    const [agent, gateway] = [await anAgent(), (await new Gateway().begin()).keepAlive()];
    expect(await choose(agent, 'away')).toMatchObject({ id: agent.id, status: 'offline', workspace: { id: agent.workspaceId } });
    await gateway.say(agent, true);
    expect(await statusOf(agent)).toBe('away');
    const commandId = newId();
    expect(await choose(agent, 'online', commandId)).toMatchObject({ status: 'online' });
    expect(await choose(agent, 'online', commandId)).toMatchObject({ status: 'online' });
    expect(await codeOf(choose(agent, 'away', commandId))).toBe('CONFLICT');
    expect(await statusOf(agent)).toBe('online');
    gateway.fallSilent();
  });

  it('is offline after so long without activity, is told so, and comes back with it', async () => {
    const [agent, gateway] = [await anAgent(), (await new Gateway().begin()).keepAlive()];
    await gateway.say(agent, true);
    await eventually(() => expect(toldOf(agent)).toEqual(['online', 'offline']), patienceMs);
    expect(await statusOf(agent)).toBe('offline');
    await gateway.say(agent, true, { active: false });
    expect(await statusOf(agent)).toBe('offline');
    await gateway.say(agent, true);
    expect(await statusOf(agent)).toBe('online');
    gateway.fallSilent();
  });

  it('of another workspace than the actor says is nobody', async () => {
    const agent = await anAgent();
    const { workspaceId } = await anAgent();
    expect(await codeOf(choose({ ...agent, workspaceId }, 'away'))).toBe('NOT_FOUND');
    expect(await codeOf(replicas.ask(changeSettings, { commandId: newId(), locale: 'en' }, { ...agent, workspaceId }))).toBe('NOT_FOUND');
  });
});

describe('a gateway', () => {
  it('that falls silent loses its connections, and no other does', async () => {
    const [agent, both] = [await anAgent(), await anAgent()];
    const [lost, alive] = [await new Gateway().begin(), (await new Gateway().begin()).keepAlive()];
    await Promise.all([lost.say(agent, true), lost.say(both, true), alive.say(both, true)]);
    expect([await statusOf(agent), await statusOf(both)]).toEqual(['online', 'online']);
    const active = setInterval(() => void alive.say(both, true).catch(() => undefined), 1_000);
    await becomes(agent, 'offline');
    await eventually(() => expect(toldOf(agent)).toEqual(['online', 'offline']), patienceMs);
    clearInterval(active);
    expect(await statusOf(both)).toBe('online');
    expect(await lost.renew()).toBe(false);
    alive.fallSilent();
  });

  it('that says goodbye loses them at once, and what it said is cleared away', async () => {
    const [agent, gateway] = [await anAgent(), (await new Gateway().begin()).keepAlive()];
    await gateway.say(agent, true);
    await replicas.ask(forgetGateway, { gatewayId: gateway.id }, system);
    expect(await statusOf(agent)).toBe('offline');
    gateway.fallSilent();
    await eventually(async () => {
      expect(await replicas.database.collection('gateways').countDocuments({ givenUp: true })).toBe(0);
      expect(await replicas.database.collection('presence').countDocuments({ 'connections.gateway': gateway.id })).toBe(0);
    }, patienceMs);
    await eventually(() => expect(toldOf(agent)).toEqual(['online', 'offline']), patienceMs);
  });

  it('is believed by what it said last, in whatever order it is heard', async () => {
    const [agent, gateway] = [await anAgent(), (await new Gateway().begin()).keepAlive()];
    await Promise.all([gateway.say(agent, true, { seq: 1 }), gateway.say(agent, false, { seq: 2 }), gateway.say(agent, true, { seq: 3 })]);
    expect(await statusOf(agent)).toBe('online');
    await gateway.say(agent, false, { seq: 5 });
    await gateway.say(agent, true, { seq: 4 });
    expect(await statusOf(agent)).toBe('offline');
    gateway.fallSilent();
  });
});

it('who comes and goes many times in a second is told of at most once in one, and at last as they are', async () => {
  const [agent, gateway] = [await anAgent(), (await new Gateway().begin()).keepAlive()];
  const began = Date.now();
  for (let time = 0; time < 10; time++) {
    await gateway.say(agent, true);
    await gateway.say(agent, false);
  }
  await gateway.say(agent, true);
  await eventually(() => expect(toldOf(agent).at(-1)).toBe('online'), patienceMs);
  expect(toldOf(agent).length).toBeLessThanOrEqual(2 + (Date.now() - began) / 1_000);
  gateway.fallSilent();
});

describe('settings', () => {
  it('are kept with the agent, once per command, whoever races', async () => {
    const agent = await anAgent();
    const list = { sort: 'activity', filters: { tray: 'mine', unread: true } } as const;
    const commandId = newId();
    const answers = await Promise.all(Array.from({ length: 10 }, () => replicas.ask(changeSettings, { commandId, sendKey: 'ctrl-enter', list }, agent)));
    for (const { settings } of answers) expect(settings).toMatchObject({ markReadOn: 'open', locale: 'es', sendKey: 'ctrl-enter', list });
    await Promise.all([
      replicas.ask(changeSettings, { commandId: newId(), locale: 'en' }, agent),
      replicas.ask(changeSettings, { commandId: newId(), notifications: { sound: false } }, agent),
      replicas.ask(changeSettings, { commandId: newId(), notifications: { desktop: true } }, agent),
    ]);
    const { settings } = await replicas.ask(getAgent, { agentId: agent.id }, system);
    expect(settings).toEqual({
      markReadOn: 'open',
      locale: 'en',
      sendKey: 'ctrl-enter',
      notifications: { sound: false, desktop: true, messages: true, queue: true, mentions: true },
      list,
    });
    expect(await codeOf(replicas.ask(changeSettings, { commandId, sendKey: 'enter' }, agent))).toBe('CONFLICT');
    expect(await codeOf(replicas.ask(changeSettings, { commandId: newId(), list: { sort: 'activity', filters: { unread: 'yes' } } } as never, agent))).toBe('VALIDATION_FAILED');
  });
});
