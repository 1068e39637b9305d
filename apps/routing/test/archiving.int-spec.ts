import { Controller, Module } from '@nestjs/common';
import { AppError, checkTeamUse, type ConversationEvent, conversationsEvents, createTeam, createWorkspace, eventSubject, listTeams, type SystemActor, type TeamUse, updateTeam } from '@relevo/contracts';
import { naturalKey } from '@relevo/journal';
import { Handles, requestsOf } from '@relevo/messaging';
import { newId, PlatformModule, readConfig, ServiceConfig } from '@relevo/platform';
import { type Compose, eventually, type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { TeamJournal } from '../src/teams/team.journal.js';

/** What conversations answer, one after the other; the last for ever. */
let answers: (boolean | 'away')[] = [false];

@Controller()
class Conversations {
  @Handles(checkTeamUse)
  inUse(): Promise<TeamUse> {
    const active = (answers.length > 1 ? answers.shift() : answers[0])!;
    return active === 'away' ? Promise.reject(new AppError('UNAVAILABLE', 'away')) : Promise.resolve({ active });
  }
}

const conversations: Compose = (env) => {
  const config = readConfig(ServiceConfig, env);
  @Module({ imports: [PlatformModule.forService('conversations', config)], controllers: [Conversations] })
  class ConversationsModule {}
  return { module: ConversationsModule, config, microservices: [requestsOf('conversations', config)] };
};

let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas({ service: 'routing', compose, beside: [conversations] });
});

afterAll(() => replicas?.stop());

async function aTeam(): Promise<{ teamId: string; inside: SystemActor; workspaceId: string }> {
  const system: SystemActor = { kind: 'system', id: 'test' };
  const { id: workspaceId } = await replicas.ask(createWorkspace, { commandId: newId(), name: 'Sur' }, system);
  const inside = { ...system, workspaceId };
  const { id: teamId } = await replicas.ask(createTeam, { commandId: newId(), name: 'Ventas' }, inside);
  return { teamId, inside, workspaceId };
}

const archive = ({ teamId, inside }: { teamId: string; inside: SystemActor }, commandId = newId(), archived = true) => replicas.ask(updateTeam, { teamId, commandId, archived }, inside);
const isArchived = async (inside: SystemActor): Promise<boolean> => (await replicas.ask(listTeams, {}, inside)).items[0]!.archived;

it('a team with active conversations cannot be archived; one without can, and be taken into use again', async () => {
  const team = await aTeam();
  answers = [true];
  await expect(archive(team)).rejects.toMatchObject({ code: 'RULE_VIOLATED', errors: [{ path: 'archived' }] });
  expect(await isArchived(team.inside)).toBe(false);
  answers = [false];
  const commandId = newId();
  expect(await archive(team, commandId)).toMatchObject({ archived: true });
  expect(await archive(team, commandId)).toMatchObject({ archived: true });
  // What came since is no matter to taking it back into use.
  answers = [true];
  expect(await archive(team, newId(), false)).toMatchObject({ archived: false });
});

it('what slips in between takes the archive back, and the command stays refused however often it is repeated', async () => {
  const team = await aTeam();
  answers = [false, true];
  const commandId = newId();
  for (let time = 0; time < 3; time += 1) await expect(archive(team, commandId)).rejects.toMatchObject({ code: 'RULE_VIOLATED' });
  expect(await isArchived(team.inside)).toBe(false);
});

it('when nobody can tell whether something slipped in, the repeat of the command does', async () => {
  const team = await aTeam();
  const commandId = newId();
  answers = [false, 'away'];
  await expect(archive(team, commandId)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  answers = [true];
  await expect(archive(team, commandId)).rejects.toMatchObject({ code: 'RULE_VIOLATED' });
  expect(await isArchived(team.inside)).toBe(false);
});

it('left by a crash between archiving and looking again, it is taken back by the conversation that slipped in', async () => {
  const { teamId, inside, workspaceId } = await aTeam();
  answers = [true];
  await replicas.apps[0]!.get(TeamJournal).append({ workspaceId, aggregateId: teamId, command: { type: 'change', by: { kind: 'agent', id: 'ana', name: 'Ana' }, change: { archived: true } }, ...naturalKey(newId()) });
  expect(await isArchived(inside)).toBe(true);
  const conversationId = newId();
  const audience = { teamId, assigneeId: null };
  const event = { noun: 'conversation', workspaceId, entry: { conversationId, seq: 5, type: 'transferred' }, conversation: { id: conversationId, status: 'active' }, before: null, after: audience } as unknown as ConversationEvent;
  for (let time = 0; time < 3; time += 1) replicas.nats.publish(eventSubject(conversationsEvents, { workspaceId, aggregateId: conversationId, fact: 'transferred' }), JSON.stringify(event));
  await eventually(async () => expect(await isArchived(inside)).toBe(false));
});
