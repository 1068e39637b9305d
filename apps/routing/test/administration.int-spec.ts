import {
  type AgentActor,
  type AgentView,
  AppError,
  createAgent,
  createTeam,
  createWorkspace,
  getAgent,
  listAgents,
  listTeams,
  type Role,
  type SystemActor,
  updateAgent,
  updateTeam,
  verifyPassword,
  type WorkspaceView,
} from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { eventually, type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';

const operator: SystemActor = { kind: 'system', id: 'cli' };
const password = 'correcto caballo batería';

let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas({ service: 'routing', compose });
});

afterAll(() => replicas?.stop());

const codeOf = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

type Person = AgentActor & { email: string };

/** A workspace with agents of these roles, each as who they are to the services. */
async function aCompany(...roles: Role[]): Promise<{ workspace: WorkspaceView; inside: SystemActor; people: Person[] }> {
  const workspace = await replicas.ask(createWorkspace, { commandId: newId(), name: 'Sur' }, operator);
  const inside: SystemActor = { ...operator, workspaceId: workspace.id };
  const people: Person[] = [];
  for (const role of roles) {
    const email = `${newId()}@sur.example`;
    const { id, name } = await replicas.ask(createAgent, { commandId: newId(), name: `${role} ${people.length}`, email, password, role }, inside);
    people.push({ kind: 'agent', workspaceId: workspace.id, id, name, role, teamIds: [], email });
  }
  return { workspace, inside, people };
}

type Change = { name?: string; role?: Role; teamIds?: string[]; capacity?: number; active?: boolean };

const update = (by: AgentActor | SystemActor, agentId: string, change: Change, commandId = newId()): Promise<AgentView> =>
  replicas.ask(updateAgent, { agentId, commandId, ...change }, by);

const activeAdmins = async (inside: SystemActor): Promise<string[]> => {
  const { items } = await replicas.ask(listAgents, { limit: 100 }, inside);
  return items.filter(({ role, active }) => role === 'admin' && active).map(({ id }) => id);
};

describe('a change of an agent', () => {
  it('is an admin’s, of what it names alone, told once, and seen at once', async () => {
    const { workspace, inside, people } = await aCompany('admin', 'agent');
    const [admin, agent] = people as [Person, Person];
    const team = await replicas.ask(createTeam, { commandId: newId(), name: 'Ventas' }, inside);
    const told = replicas.nats.subscribe(`evt.routing.${workspace.id}.internal.${agent.id}.agent-changed.v1`);
    const commandId = newId();
    const change = { name: 'Ana María', teamIds: [team.id, team.id], capacity: 3 };
    const changed = await update(admin, agent.id, change, commandId);
    expect(changed).toMatchObject({ id: agent.id, name: 'Ana María', teamIds: [team.id], capacity: 3, role: 'agent', active: true });
    expect(await update(admin, agent.id, change, commandId)).toEqual(changed);
    expect(await update(admin, agent.id, { name: 'Ana María', role: 'agent', active: true })).toEqual(changed);
    expect(await replicas.ask(getAgent, { agentId: agent.id }, operator)).toMatchObject({ agent: changed });
    await update(admin, agent.id, { name: 'Fin' });
    const names: string[] = [];
    for await (const event of told) {
      names.push(event.json<{ agent: AgentView }>().agent.name);
      if (names.includes('Fin')) break;
    }
    expect(names).toEqual(['Ana María', 'Fin']);
    expect(await codeOf(update(admin, agent.id, { name: 'Eva' }, commandId))).toBe('CONFLICT');
  });

  it('is refused to whoever is no admin, of whom nobody knows here, and into teams of others', async () => {
    const { people } = await aCompany('admin', 'agent', 'supervisor');
    const [admin, agent, supervisor] = people as [Person, Person, Person];
    const foreign = await aCompany('admin');
    const team = await replicas.ask(createTeam, { commandId: newId(), name: 'Ajeno' }, foreign.inside);
    for (const by of [agent, supervisor]) expect(await codeOf(update(by, agent.id, { role: 'admin' }))).toBe('FORBIDDEN');
    expect(await codeOf(update(admin, foreign.people[0]!.id, { name: 'x' }))).toBe('NOT_FOUND');
    expect(await codeOf(update(admin, 'nobody', { name: 'x' }))).toBe('NOT_FOUND');
    expect(await codeOf(update(admin, agent.id, { teamIds: [team.id] }))).toBe('NOT_FOUND');
  });
});

describe('an agent who is not active', () => {
  it('is answered like a wrong password, until they are again', async () => {
    const { people } = await aCompany('admin', 'agent');
    const [admin, { id, email }] = people as [Person, Person];
    const refusal = (given: string) => replicas.ask(verifyPassword, { email, password: given }, operator).catch((error: AppError) => error.toBody());
    const wrong = await refusal('una clave equivocada');
    expect(await update(admin, id, { active: false })).toMatchObject({ active: false });
    expect(await refusal(password)).toEqual(wrong);
    expect(wrong).toMatchObject({ code: 'UNAUTHENTICATED' });
    await update(admin, id, { active: true });
    expect(await codeOf(replicas.ask(verifyPassword, { email, password }, operator))).toBe('ok');
  });
});

describe('the last active admin', () => {
  it('can neither be deactivated nor demoted, by themselves or anybody', async () => {
    const { inside, people } = await aCompany('admin', 'admin', 'agent');
    const [one, other] = people as [Person, Person, Person];
    await update(one, other.id, { active: false });
    for (const change of [{ active: false }, { role: 'agent' }, { role: 'supervisor', name: 'x' }] as const) {
      expect(await codeOf(update(one, one.id, change))).toBe('RULE_VIOLATED');
    }
    expect(await activeAdmins(inside)).toEqual([one.id]);
    expect(await update(one, one.id, { name: 'Sigue' })).toMatchObject({ name: 'Sigue', role: 'admin' });
    await update(one, people[2]!.id, { role: 'admin' });
    expect(await update(one, one.id, { role: 'agent' })).toMatchObject({ role: 'agent' });
    expect(await activeAdmins(inside)).toEqual([people[2]!.id]);
  });

  it('is left when all admins take each other and themselves away at once', async () => {
    const { inside, people } = await aCompany('admin', 'admin', 'admin', 'admin');
    const codes = await Promise.all(
      people.flatMap((by) => people.map((whom, index) => codeOf(update(by, whom.id, index % 2 ? { active: false } : { role: 'agent' })))),
    );
    expect(codes.filter((code) => code !== 'ok' && code !== 'RULE_VIOLATED')).toEqual([]);
    expect(codes).toContain('RULE_VIOLATED');
    expect(await activeAdmins(inside)).toHaveLength(1);
  });

  it('is left however promotions and demotions meet', async () => {
    const { inside, people } = await aCompany('admin', 'admin');
    const [one, other] = people as [Person, Person];
    for (let round = 0; round < 8; round++) {
      const codes = await Promise.all([
        codeOf(update(inside, one.id, { role: 'agent' })),
        codeOf(update(inside, other.id, { active: false })),
        codeOf(update(inside, one.id, { role: 'admin', active: true })),
        codeOf(update(inside, other.id, { role: 'admin', active: true })),
        codeOf(update(inside, other.id, { role: 'supervisor' })),
      ]);
      expect(codes.filter((code) => code !== 'ok' && code !== 'RULE_VIOLATED')).toEqual([]);
      expect((await activeAdmins(inside)).length).toBeGreaterThanOrEqual(1);
    }
  });

  it('is known though a crash, or an older version, left admins uncounted', async () => {
    const { workspace, inside, people } = await aCompany('admin', 'admin');
    const [one, other] = people as [Person, Person];
    // As it is when nobody was ever counted: the history of the workspace holds its creation alone.
    const entries = replicas.database.collection<{ _id: string }>('workspace_journal');
    await eventually(async () => expect(await entries.countDocuments({ aggregateId: workspace.id, published: false })).toBe(0));
    await entries.deleteMany({ aggregateId: workspace.id, seq: { $gt: 1 } });
    await replicas.database.collection<{ _id: string }>('workspace_projection').updateOne({ _id: workspace.id }, { $set: { seq: 1 }, $unset: { admins: '' } });
    await replicas.close(...replicas.apps);
    await replicas.another();
    await replicas.another();
    expect(await codeOf(update(inside, one.id, { role: 'agent' }))).toBe('ok');
    expect(await codeOf(update(inside, other.id, { role: 'agent' }))).toBe('RULE_VIOLATED');
    expect(await activeAdmins(inside)).toEqual([other.id]);
  });
});

it('a team is renamed and its assignment changed, by admins of its workspace', async () => {
  const { workspace, inside, people } = await aCompany('admin', 'agent');
  const [admin, agent] = people as [Person, Person];
  const { id: teamId } = await replicas.ask(createTeam, { commandId: newId(), name: 'Ventas' }, inside);
  const told = replicas.nats.subscribe(`evt.routing.${workspace.id}.internal.${teamId}.team-changed.v1`, { max: 1 });
  const changed = { id: teamId, name: 'Ventas Sur', assignment: 'round-robin', archived: false };
  expect(await replicas.ask(updateTeam, { teamId, commandId: newId(), name: 'Ventas Sur', assignment: 'round-robin' }, admin)).toEqual(changed);
  for await (const event of told) expect(event.json()).toEqual({ noun: 'team', workspaceId: workspace.id, team: changed });
  expect((await replicas.ask(listTeams, {}, inside)).items).toEqual([changed]);
  expect(await codeOf(replicas.ask(updateTeam, { teamId, commandId: newId(), name: 'x' }, agent))).toBe('FORBIDDEN');
  const foreign = await aCompany('admin');
  expect(await codeOf(replicas.ask(updateTeam, { teamId, commandId: newId(), name: 'x' }, foreign.people[0]!))).toBe('NOT_FOUND');
});
