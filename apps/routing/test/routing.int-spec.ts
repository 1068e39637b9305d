import {
  type AgentActor,
  type AgentView,
  AppError,
  type CreateAgent,
  createAgent,
  createTeam,
  createWorkspace,
  getAgent,
  listAgents,
  listTeams,
  type SystemActor,
  type TeamView,
  verifyPassword,
  verifyProjections,
  type WorkspaceView,
} from '@relevo/contracts';
import type { Body } from '@relevo/messaging';
import { unvalidatedSubjects } from '@relevo/messaging/testing';
import { newId } from '@relevo/platform';
import { type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';

const operator: SystemActor = { kind: 'system', id: 'cli' };
const password = 'correcto caballo batería';

let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas({ service: 'routing', compose });
});

afterAll(() => replicas?.stop());

const times = <T>(count: number, task: (index: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, index) => task(index)));

const codeOf = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

const inside = ({ id }: WorkspaceView): SystemActor => ({ ...operator, workspaceId: id });

const aWorkspace = (name = 'Sur'): Promise<WorkspaceView> => replicas.ask(createWorkspace, { commandId: newId(), name }, operator);

const aTeam = (workspace: WorkspaceView, name: string): Promise<TeamView> => replicas.ask(createTeam, { commandId: newId(), name }, inside(workspace));

let agents = 0;
const anAgent = (more: Partial<Body<CreateAgent>> = {}): Body<CreateAgent> => ({
  commandId: newId(),
  name: 'Ana',
  email: `ana${++agents}@sur.example`,
  password,
  role: 'agent',
  ...more,
});

const actorOf = ({ id, name, role, teamIds }: AgentView, workspace: WorkspaceView): AgentActor => ({ kind: 'agent', workspaceId: workspace.id, id, name, role, teamIds });

describe('workspaces and teams', () => {
  it('are made once per command, whoever of the replicas is asked', async () => {
    const commandId = newId();
    const made = await times(10, () => replicas.ask(createWorkspace, { commandId, name: 'Sur' }, operator));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await codeOf(replicas.ask(createWorkspace, { commandId, name: 'Norte' }, operator))).toBe('CONFLICT');
    const teamCommand = { commandId: newId(), name: 'Ventas', assignment: 'least-busy' } as const;
    const teams = await times(10, () => replicas.ask(createTeam, teamCommand, inside(made[0]!)));
    expect(teams).toEqual(Array<TeamView>(10).fill({ id: teams[0]!.id, name: 'Ventas', assignment: 'least-busy', archived: false }));
  });

  it('are listed by name, and never across a border', async () => {
    const [sur, norte] = [await aWorkspace('Sur'), await aWorkspace('Norte')];
    for (const name of ['Ventas', 'Cobros', 'Soporte']) await aTeam(sur, name);
    await aTeam(norte, 'Ajeno');
    const { items, nextCursor } = await replicas.ask(listTeams, {}, inside(sur));
    expect(items.map(({ name }) => name)).toEqual(['Cobros', 'Soporte', 'Ventas']);
    expect(nextCursor).toBeNull();
  });

  it('need a workspace that exists', async () => {
    expect(await codeOf(replicas.ask(createTeam, { commandId: newId(), name: 'Ventas' }, operator))).toBe('VALIDATION_FAILED');
    expect(await codeOf(replicas.ask(createTeam, { commandId: newId(), name: 'Ventas' }, { ...operator, workspaceId: 'none' }))).toBe('NOT_FOUND');
  });
});

describe('agents', () => {
  it('are made once per command, 20 times at once', async () => {
    const workspace = await aWorkspace();
    const team = await aTeam(workspace, 'Ventas');
    const command = anAgent({ teamIds: [team.id, team.id] });
    const made = await times(20, () => replicas.ask(createAgent, command, inside(workspace)));
    const { email, name } = command;
    const expected = { id: made[0]!.id, name, email, role: 'agent', status: 'offline', capacity: 10, activeCount: 0, teamIds: [team.id], active: true };
    expect(made).toEqual(Array(20).fill(expected));
    expect((await replicas.ask(listAgents, {}, inside(workspace))).items).toEqual([expected]);
    expect(await replicas.ask(getAgent, { agentId: made[0]!.id }, operator)).toMatchObject({ agent: expected, workspace });
  });

  it('have an email for themselves over all workspaces: of many who race for it one wins', async () => {
    const workspaces = [await aWorkspace('Sur'), await aWorkspace('Norte')];
    const { email } = anAgent();
    const race = await Promise.all(
      workspaces.flatMap((workspace) =>
        [0, 1, 2].map(async (index) => {
          const command = anAgent({ email: index === 1 ? email.toUpperCase() : email, password: `${password} ${workspace.name} ${index}` });
          return { workspace, command, code: await codeOf(replicas.ask(createAgent, command, inside(workspace))) };
        }),
      ),
    );
    expect(race.map(({ code }) => code).sort()).toEqual([...Array<string>(5).fill('CONFLICT'), 'ok']);
    const winner = race.find(({ code }) => code === 'ok')!;
    const verified = await replicas.ask(verifyPassword, { email, password: winner.command.password }, operator);
    expect(verified.workspace).toEqual(winner.workspace);
    for (const { command, code } of race) {
      const expected = code === 'ok' ? 'ok' : 'UNAUTHENTICATED';
      expect(await codeOf(replicas.ask(verifyPassword, { email, password: command.password }, operator))).toBe(expected);
    }
    const taken = replicas.ask(createAgent, anAgent({ email }), inside(workspaces[0]!));
    await expect(taken).rejects.toMatchObject({ code: 'CONFLICT', errors: [{ path: 'email', message: 'is taken' }] });
  });

  it('belong to teams of their own workspace', async () => {
    const [sur, norte] = [await aWorkspace('Sur'), await aWorkspace('Norte')];
    const foreign = await aTeam(norte, 'Ajeno');
    expect(await codeOf(replicas.ask(createAgent, anAgent({ teamIds: [foreign.id] }), inside(sur)))).toBe('NOT_FOUND');
    expect(await codeOf(replicas.ask(createAgent, anAgent({ teamIds: ['none'] }), inside(sur)))).toBe('NOT_FOUND');
  });

  it('are made by admins of their workspace, and seen inside it', async () => {
    const workspace = await aWorkspace();
    const admin = actorOf(await replicas.ask(createAgent, anAgent({ role: 'admin', name: 'Zoe' }), inside(workspace)), workspace);
    const agent = actorOf(await replicas.ask(createAgent, anAgent(), admin), workspace);
    expect(await codeOf(replicas.ask(createAgent, anAgent(), agent))).toBe('FORBIDDEN');
    expect((await replicas.ask(listAgents, {}, agent)).items.map(({ name }) => name)).toEqual(['Ana', 'Zoe']);
    expect(await codeOf(replicas.ask(getAgent, { agentId: agent.id }, inside(await aWorkspace('Norte'))))).toBe('NOT_FOUND');
  });
});

describe('passwords', () => {
  const refusalOf = (email: string, wrong: string): Promise<unknown> =>
    replicas.ask(verifyPassword, { email, password: wrong }, operator).catch((error: AppError) => error.toBody());

  it('are answered alike for a wrong one and an unknown email', async () => {
    const workspace = await aWorkspace();
    const command = anAgent();
    const agent = await replicas.ask(createAgent, command, inside(workspace));
    expect(await replicas.ask(verifyPassword, { email: command.email.toUpperCase(), password }, operator)).toMatchObject({ agent, workspace });
    const wrong = await refusalOf(command.email, `${password}!`);
    expect(wrong).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await refusalOf('nobody@sur.example', password)).toEqual(wrong);
    expect(await refusalOf('not an email', password)).toEqual(wrong);
  });

  it('that a crash left unset are set by repeating the command', async () => {
    const workspace = await aWorkspace();
    const command = anAgent();
    const agent = await replicas.ask(createAgent, command, inside(workspace));
    await replicas.database.collection<{ _id: string }>('credentials').deleteOne({ _id: agent.id });
    expect(await codeOf(replicas.ask(verifyPassword, { email: command.email, password }, operator))).toBe('UNAUTHENTICATED');
    expect(await replicas.ask(createAgent, command, inside(workspace))).toEqual(agent);
    expect(await codeOf(replicas.ask(verifyPassword, { email: command.email, password }, operator))).toBe('ok');
  });

  it('are part of the command: another one under its commandId is refused, and changes nothing', async () => {
    const workspace = await aWorkspace();
    const command = anAgent();
    await replicas.ask(createAgent, command, inside(workspace));
    expect(await codeOf(replicas.ask(createAgent, { ...command, password: `${password}!` }, inside(workspace)))).toBe('CONFLICT');
    expect(await codeOf(replicas.ask(createAgent, { ...command, name: 'Eva' }, inside(workspace)))).toBe('CONFLICT');
    expect(await codeOf(replicas.ask(verifyPassword, { email: command.email, password }, operator))).toBe('ok');
  });

  it('are in no journal, projection or event', async () => {
    const events = replicas.nats.subscribe('evt.routing.>');
    const workspace = await aWorkspace();
    const told = replicas.nats.subscribe(`evt.routing.${workspace.id}.internal.*.agent-created.v1`, { max: 1 });
    const agent = await replicas.ask(createAgent, anAgent(), inside(workspace));
    const { status: _, activeCount: __, ...profile } = agent;
    for await (const event of told) expect(event.json()).toEqual({ noun: 'agent', workspaceId: workspace.id, agent: profile });
    await events.drain();
    const texts: string[] = [];
    for await (const event of events) texts.push(event.string());
    for (const name of ['agent_journal', 'agent_projection']) {
      const records = await replicas.database.collection(name).find().toArray();
      texts.push(...records.map((record) => JSON.stringify(record)));
    }
    expect(texts.length).toBeGreaterThan(2);
    for (const text of texts) expect(text).not.toMatch(/argon2|password|caballo/);
  });
});

it('finds every projection equal to its history, and one that is not', async () => {
  const workspace = await aWorkspace();
  await aTeam(workspace, 'Ventas');
  const agent = await replicas.ask(createAgent, anAgent(), inside(workspace));
  const differences = async () => {
    const found: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: { differences: unknown[]; nextCursor: string | null } = await replicas.ask(verifyProjections.routing, { limit: 3, ...(cursor && { cursor }) }, operator);
      found.push(...page.differences);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  };
  expect(await differences()).toEqual([]);
  await replicas.database.collection<{ _id: string }>('agent_projection').updateOne({ _id: agent.id }, { $set: { role: 'admin' } });
  expect(await differences()).toEqual([{ journal: 'agent', aggregateId: agent.id, difference: 'differs in role' }]);
  await replicas.database.collection<{ _id: string }>('agent_projection').updateOne({ _id: agent.id }, { $set: { role: 'agent' } });
});

it('serves no subject without validation', async () => {
  expect(await unvalidatedSubjects(replicas.apps[0]!, replicas.nats)).toEqual([]);
});
