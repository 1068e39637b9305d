import { AppError, changeSettings, claimConversation, closeConversation, type ConversationChanged, getConversation, listAgents, type Presence, setStatus, transferConversation } from '@relevo/contracts';
import { aMessage, type AgentSocket, type ApiClient, eventually, seedWorkspace, startTestSystem, type TestSystem, type TestWorkspace } from '@relevo/testing';

type Agents = 'ana' | 'luis' | 'eva';

const patienceMs = 120_000;

let system: TestSystem;
let workspace: TestWorkspace<never, Agents, 'shop'>;
const sockets: AgentSocket[] = [];

async function start(gateways: number, env: Readonly<Record<string, string>>): Promise<void> {
  system = await startTestSystem({ replicas: { routing: 2, gateway: gateways }, env });
  workspace = await seedWorkspace(system, { agents: { ana: {}, luis: {}, eva: {} }, channels: { shop: {} } });
}

const stop = async (): Promise<void> => system?.stop();

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

const login = (name: Agents, gateway = 1): Promise<ApiClient> => system.login(workspace.agents[name], gateway);

async function connected(client: ApiClient): Promise<AgentSocket> {
  const socket = await client.connect();
  sockets.push(socket);
  return socket;
}

async function seenBy(client: ApiClient, agentId: string): Promise<{ status: Presence; activeCount: number } | undefined> {
  const { items } = await client.call(listAgents, {});
  return items.find(({ id }) => id === agentId);
}

const becomes = (client: ApiClient, agentId: string, standing: object): Promise<void> =>
  eventually(async () => expect(await seenBy(client, agentId)).toMatchObject(standing), patienceMs);

const heard = (socket: AgentSocket, agentId: string, status: Presence) => socket.nextEvent('agent.status', (news) => news.agentId === agentId && news.status === status, patienceMs);

async function aClaimed(by: ApiClient): Promise<string> {
  const { conversationId } = await system.receive(workspace.channels.shop, aMessage());
  await by.call(claimConversation, { conversationId });
  return conversationId;
}

const refusalOf = (asked: Promise<ConversationChanged>): Promise<unknown> =>
  asked.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? { code: error.code, ...error.details } : error),
  );

describe('two gateways, two replicas of routing', () => {
  // Long enough that a process that is kept from running for a while does not fall silent.
  beforeAll(() => start(2, { PRESENCE_SILENT_SECONDS: '20', PRESENCE_RENEW_SECONDS: '1' }));
  afterAll(stop);

  it('an agent is online from their first socket to their last, at whatever gateway, and colleagues hear of it', async () => {
    const [ana, luis, eva] = [await login('ana'), await login('luis', 2), await login('eva', 2)];
    expect((await luis.me()).status).toBe('offline');
    const watching = await connected(ana);
    expect(await watching.nextEvent('ready')).toMatchObject({ agent: { id: ana.agentId, status: 'online' } });
    // At this gateway they are known to be connected before they are at the other.
    const second = await connected(luis.at(system.gatewayUrl(1)));
    await heard(watching, luis.agentId, 'online');
    const first = await connected(luis);
    expect((await luis.me()).status).toBe('online');
    first.close();
    // What the same gateway says later is heard, so it has said this.
    await connected(eva);
    await heard(watching, eva.agentId, 'online');
    expect(await seenBy(ana, luis.agentId)).toMatchObject({ status: 'online' });
    second.close();
    await heard(watching, luis.agentId, 'offline');
    await becomes(ana, luis.agentId, { status: 'offline' });
  });

  it('nobody transfers to who is offline or away, unless they insist; to who is online, anybody', async () => {
    const [ana, luis] = [await login('ana'), await login('luis', 2)];
    await becomes(ana, luis.agentId, { status: 'offline' });
    const transfer = async (force?: boolean): Promise<unknown> => {
      const conversationId = await aClaimed(ana);
      return refusalOf(ana.call(transferConversation, { conversationId, agentId: luis.agentId, ...(force && { force }) }));
    };
    expect(await transfer()).toMatchObject({ code: 'TARGET_UNAVAILABLE', status: 'offline' });
    expect(await transfer(true)).toBeNull();
    await connected(luis);
    await becomes(ana, luis.agentId, { status: 'online' });
    expect(await transfer()).toBeNull();
    await luis.call(setStatus, { status: 'away' });
    expect(await transfer()).toMatchObject({ code: 'TARGET_UNAVAILABLE', status: 'away' });
    const mine = await connected(luis);
    await mine.ask(setStatus, { status: 'online' });
    expect(await transfer()).toBeNull();
  });

  it('load is the active conversations of each, and is told', async () => {
    const [ana, eva] = [await login('ana'), await login('eva', 2)];
    const watching = await connected(ana);
    const [one, two] = [await aClaimed(eva), await aClaimed(eva)];
    await becomes(ana, eva.agentId, { activeCount: 2 });
    await watching.nextEvent('agent.status', ({ agentId, activeCount }) => agentId === eva.agentId && activeCount === 2, patienceMs);
    await eva.call(closeConversation, { conversationId: one });
    await becomes(ana, eva.agentId, { activeCount: 1 });
    expect((await ana.call(getConversation, { conversationId: two })).assigneeId).toBe(eva.agentId);
    await watching.nextEvent('agent.status', ({ agentId, activeCount }) => agentId === eva.agentId && activeCount === 1, patienceMs);
  });

  it('settings are the agent’s own: kept, and told to their own sockets alone', async () => {
    const [ana, eva] = [await login('ana'), await login('eva', 2)];
    const [watching, other] = [await connected(ana), await connected(eva.at(system.gatewayUrl(1)))];
    const list = { sort: 'assigned', filters: { tray: 'mine', unread: true } } as const;
    const changed = await eva.call(changeSettings, { sendKey: 'ctrl-enter', list });
    expect(changed).toMatchObject({ id: eva.agentId, settings: { markReadOn: 'open', sendKey: 'ctrl-enter', list } });
    expect(await other.nextEvent('settings.updated')).toMatchObject({ settings: { sendKey: 'ctrl-enter', list } });
    expect((await eva.me()).settings).toEqual(changed.settings);
    // What comes after it in the stream has come.
    const { conversationId } = await system.receive(workspace.channels.shop, aMessage());
    await watching.nextEvent('timeline.entry', (entry) => entry.conversationId === conversationId);
    expect(watching.log.all('settings.updated')).toEqual([]);
    expect(watching.log.all('agent.updated').filter(({ agent }) => agent.id === eva.agentId)).toEqual([]);
  });

  it('a gateway that is killed takes its agents offline after its silence, and one that stops at once', async () => {
    const [ana, eva] = [await login('ana'), await login('eva', 2)];
    const watching = await connected(ana);
    await connected(eva);
    await becomes(ana, eva.agentId, { status: 'online' });
    await system.running.kill('gateway', 2, 'SIGKILL');
    expect(await seenBy(ana, eva.agentId)).toMatchObject({ status: 'online' });
    await becomes(ana, eva.agentId, { status: 'offline' });
    await heard(watching, eva.agentId, 'offline');
    await system.running.restart('gateway', 2);
    await connected(eva.at(system.gatewayUrl(2)));
    await heard(watching, eva.agentId, 'online');
    await system.running.kill('gateway', 2, 'SIGTERM');
    expect(await seenBy(ana, eva.agentId)).toMatchObject({ status: 'offline' });
    await system.running.restart('gateway', 2);
  });

  it('a gateway that was given up while it was frozen says again who is connected', async () => {
    const [ana, eva] = [await login('ana'), await login('eva', 2)];
    const socket = await connected(eva);
    await becomes(ana, eva.agentId, { status: 'online' });
    await system.running.kill('gateway', 2, 'SIGSTOP');
    await becomes(ana, eva.agentId, { status: 'offline' });
    await system.running.kill('gateway', 2, 'SIGCONT');
    await becomes(ana, eva.agentId, { status: 'online' });
    expect(socket.isConnected).toBe(true);
  });

  it('both replicas of routing killed: who is there is there again when they are back', async () => {
    const [ana, eva] = [await login('ana'), await login('eva', 2)];
    await connected(eva);
    await becomes(ana, eva.agentId, { status: 'online' });
    await Promise.all([1, 2].map((replica) => system.running.kill('routing', replica)));
    await Promise.all([1, 2].map((replica) => system.running.restart('routing', replica)));
    await becomes(ana, eva.agentId, { status: 'online' });
  });
});

describe('without activity', () => {
  beforeAll(() => start(1, { PRESENCE_IDLE_SECONDS: '15', PRESENCE_ACTIVITY_SECONDS: '1' }));
  afterAll(stop);

  it('an agent is offline after a while, though connected, and online again by a heartbeat', async () => {
    const [ana, luis] = [await login('ana'), await login('luis')];
    const [watching, socket] = [await connected(ana), await connected(luis)];
    await heard(watching, luis.agentId, 'online');
    await heard(watching, luis.agentId, 'offline');
    expect(socket.isConnected).toBe(true);
    expect(await socket.emit('presence.heartbeat', {})).toEqual({});
    await heard(watching, luis.agentId, 'online');
    await luis.call(setStatus, { status: 'away' });
    await heard(watching, luis.agentId, 'away');
  });
});
