import { type AgentStatusNotice, agentStatusSubject, type AgentView, type ReportedAgent } from '@relevo/contracts';
import { eventually } from './support/eventually.js';
import { System } from './support/system.js';

const agents = 40;
const patienceMs = 60_000;

let system: System;

beforeAll(async () => {
  system = await System.start(2, { PRESENCE_RENEW_SECONDS: '1', PRESENCE_ACTIVITY_SECONDS: '3600' });
});

afterAll(() => system?.stop());

const saidOf = ({ id }: AgentView): ReportedAgent[] => system.services.reports.flatMap((report) => report.agents.filter(({ agentId }) => agentId === id));

it('many who come at once are few reports, each with all who came meanwhile', async () => {
  const hired = Array.from({ length: agents }, (_, index) => system.services.hire(`agente ${index}`, {}, 'norte'));
  const tokens = await Promise.all(hired.map((agent) => system.tokenOf(agent)));
  await Promise.all(hired.map((agent, index) => system.connect(agent, { token: tokens[index]! })));
  // `ready` does not wait for routing for ever.
  for (const agent of hired) await eventually(() => expect(saidOf(agent)).toEqual([{ agentId: agent.id, workspaceId: 'norte', connected: true, active: true }]), patienceMs);
  expect(system.services.reports.length).toBeLessThan(agents);
  const seqs = system.services.reports.map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
});

it('sockets in between, requests and heartbeats soon after say nothing new', async () => {
  const ana = system.services.hire('ana');
  const token = await system.tokenOf(ana);
  const [first, second] = [await system.connect(ana, { token }), await system.connect(ana, { token })];
  first.close();
  expect(await second.ask('presence.heartbeat', {})).toEqual({ ok: true, data: {} });
  await system.rest('GET', '/v1/me', { token });
  second.close();
  await eventually(() => expect(saidOf(ana).map(({ connected }) => connected)).toEqual([true, false]), patienceMs);
});

it('how an agent stands is told to everyone of the workspace, and to nobody else', async () => {
  const [ana, luis, other] = [system.services.hire('ana'), system.services.hire('luis'), system.services.hire('eva', {}, 'este')];
  const [here, there, elsewhere] = [await system.connect(ana), await system.connect(luis, { replica: 1 }), await system.connect(other)];
  const tell = (workspaceId: string, agentId: string): void => {
    const notice: AgentStatusNotice = { workspaceId, agentId, status: 'away', activeCount: 3 };
    system.services.say(agentStatusSubject(workspaceId), notice);
  };
  tell('sur', luis.id);
  tell('este', other.id);
  for (const client of [here, there]) expect(await client.hear('agent.status')).toEqual({ agentId: luis.id, status: 'away', activeCount: 3 });
  expect(await elsewhere.hear('agent.status')).toEqual({ agentId: other.id, status: 'away', activeCount: 3 });
});

it('what could not be said is said when routing is back, as it is then', async () => {
  const [ana, luis] = [system.services.hire('ana'), system.services.hire('luis')];
  const client = await system.connect(ana);
  await eventually(() => expect(saidOf(ana)).toHaveLength(1), patienceMs);
  system.services.refusesReports = true;
  const came = await system.connect(luis);
  client.close();
  await eventually(() => expect(system.services.refused).toBeGreaterThan(1), patienceMs);
  expect([saidOf(ana).length, saidOf(luis).length]).toEqual([1, 0]);
  system.services.refusesReports = false;
  await eventually(() => expect([saidOf(ana).at(-1)?.connected, saidOf(luis).at(-1)?.connected]).toEqual([false, true]), patienceMs);
  came.close();
});

it('a replica that stops says goodbye under the name it lived by', async () => {
  const ana = system.services.hire('ana');
  await system.connect(ana, { replica: 1 });
  await eventually(() => expect(saidOf(ana)).toHaveLength(1), patienceMs);
  const { gatewayId } = system.services.reports.find((report) => report.agents.some(({ agentId }) => agentId === ana.id))!;
  await system.restart(1);
  expect(system.services.goodbyes).toEqual([gatewayId]);
});
