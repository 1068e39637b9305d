import { type AgentView, AppError, changePassword, createAgent, createWorkspace, findAgent, getAgent, resetPassword, type SystemActor, updateAgent, verifyPassword } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { eventually, type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { PasswordNews } from '../src/passwords/password-news.js';

const operator: SystemActor = { kind: 'system', id: 'cli' };
const password = 'correcto caballo batería';
const next = 'otra clave bien larga';

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

async function anAgent(): Promise<{ inside: SystemActor; agent: AgentView }> {
  const workspace = await replicas.ask(createWorkspace, { commandId: newId(), name: 'Sur' }, operator);
  const inside: SystemActor = { ...operator, workspaceId: workspace.id };
  const agent = await replicas.ask(createAgent, { commandId: newId(), name: 'Ana', email: `${newId()}@Sur.example`, password, role: 'agent' }, inside);
  return { inside, agent };
}

const opens = (agent: AgentView, given: string): Promise<string> => codeOf(replicas.ask(verifyPassword, { email: agent.email, password: given }, operator));
const credentialOf = async ({ id }: AgentView): Promise<string> => (await replicas.ask(getAgent, { agentId: id }, operator)).credentialId;
const change = (agent: AgentView, currentPassword: string, newPassword: string, credentialId: string = newId()) =>
  replicas.ask(changePassword, { agentId: agent.id, currentPassword, newPassword, credentialId }, operator);

/** The facts of an agent that the journal holds. */
const historyOf = async ({ id }: AgentView): Promise<string[]> => {
  const entries = await replicas.database.collection<{ _id: string; type: string }>('agent_journal').find({ aggregateId: id }).sort({ _id: 1 }).toArray();
  return entries.map(({ type }) => type);
};

describe('an agent’s own change', () => {
  it('takes the one before out of force, under the id that was asked for, and is told', async () => {
    const { agent } = await anAgent();
    const told = replicas.nats.subscribe(`evt.routing.*.internal.${agent.id}.agent-password-changed.v1`, { max: 1 });
    const credentialId = newId();
    expect(await change(agent, password, next, credentialId)).toMatchObject({ agent: { id: agent.id }, credentialId });
    expect([await opens(agent, password), await opens(agent, next)]).toEqual(['UNAUTHENTICATED', 'ok']);
    expect(await credentialOf(agent)).toBe(credentialId);
    for await (const event of told) expect(event.string()).not.toMatch(/argon2|clave/);
    expect(await historyOf(agent)).toEqual(['agent-created', 'agent-password-changed']);
  });

  it('needs the current one, and another than the email', async () => {
    const { agent } = await anAgent();
    const before = await credentialOf(agent);
    await expect(change(agent, 'no es esta', next)).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'currentPassword', message: 'is wrong' }] });
    await expect(change(agent, password, agent.email.toUpperCase())).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'newPassword' }] });
    for (const length of [9, 201]) expect(await codeOf(change(agent, password, 'x'.repeat(length)))).toBe('VALIDATION_FAILED');
    expect([await opens(agent, password), await credentialOf(agent)]).toEqual(['ok', before]);
  });

  it('is one’s of many who race with the same current password', async () => {
    const { agent } = await anAgent();
    const codes = await Promise.all([1, 2, 3, 4, 5].map((index) => codeOf(change(agent, password, `${next} ${index}`))));
    expect(codes.sort()).toEqual([...Array<string>(4).fill('VALIDATION_FAILED'), 'ok']);
    expect((await Promise.all([1, 2, 3, 4, 5].map((index) => opens(agent, `${next} ${index}`)))).filter((code) => code === 'ok')).toHaveLength(1);
  });
});

describe('a reset', () => {
  const reset = ({ id }: AgentView, by: SystemActor, newPassword: string, commandId = newId()) => replicas.ask(resetPassword, { agentId: id, newPassword, commandId }, by);

  it('is made once per command, and a repeat undoes nothing that came after', async () => {
    const { agent, inside } = await anAgent();
    const commandId = newId();
    await Promise.all(Array.from({ length: 5 }, () => reset(agent, inside, next, commandId)));
    expect([await opens(agent, password), await opens(agent, next)]).toEqual(['UNAUTHENTICATED', 'ok']);
    expect(await historyOf(agent)).toEqual(['agent-created', 'agent-password-changed']);
    expect(await codeOf(reset(agent, inside, `${next}!`, commandId))).toBe('CONFLICT');
    await change(agent, next, 'la que elegí después');
    await reset(agent, inside, next, commandId);
    expect(await opens(agent, 'la que elegí después')).toBe('ok');
  });

  it('is refused outside the workspace, to agents, and for the email', async () => {
    const [{ agent }, other] = [await anAgent(), await anAgent()];
    expect(await codeOf(reset(agent, other.inside, next))).toBe('NOT_FOUND');
    const { id, name } = agent;
    const self = { kind: 'agent', workspaceId: String(other.inside.workspaceId), id, name, role: 'supervisor', teamIds: [] } as const;
    expect(await codeOf(replicas.ask(resetPassword, { agentId: id, newPassword: next, commandId: newId() }, self))).toBe('FORBIDDEN');
    expect(await codeOf(reset(other.agent, other.inside, other.agent.email))).toBe('VALIDATION_FAILED');
  });

  it('whose replica died before it could tell is told by another', async () => {
    const { agent, inside } = await anAgent();
    const dying = replicas.apps.map((app) => jest.spyOn(app.get(PasswordNews), 'tell').mockRejectedValueOnce(new Error('killed')));
    await codeOf(reset(agent, inside, next));
    for (const spy of dying) spy.mockRestore();
    expect([await opens(agent, password), await opens(agent, next)]).toEqual(['UNAUTHENTICATED', 'ok']);
    await eventually(async () => expect(await historyOf(agent)).toEqual(['agent-created', 'agent-password-changed']));
    await eventually(async () => expect(await replicas.database.collection('credentials').countDocuments({ untold: { $exists: true } })).toBe(0));
  });
});

it('who returns to work begins with other credentials than they left with', async () => {
  const { agent, inside } = await anAgent();
  const before = await credentialOf(agent);
  for (const active of [false, true]) await replicas.ask(updateAgent, { agentId: agent.id, commandId: newId(), active }, inside);
  expect(await credentialOf(agent)).not.toBe(before);
  expect(await opens(agent, password)).toBe('ok');
});

it('an agent is found by their email, whatever its case', async () => {
  const { agent } = await anAgent();
  expect(await replicas.ask(findAgent, { email: agent.email.toUpperCase() }, operator)).toMatchObject({ agent });
  expect(await codeOf(replicas.ask(findAgent, { email: 'nadie@sur.example' }, operator))).toBe('NOT_FOUND');
});
