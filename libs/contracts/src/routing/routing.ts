import { IsEmail } from 'class-validator';
import { roles, type Role } from '../actor.js';
import { event } from '../event.js';
import { IsBoolean, IsCommandId, IsCount, IsId, IsIds, IsInt, IsName, IsNewPassword, IsNested, IsNestedList, IsOneOf, IsString, Length, Max, MaxLength, Min, Nullable, Optional } from '../fields.js';
import { PageRequest } from '../paging.js';
import { rpc } from '../rpc.js';
import { AgentSettings } from './settings.js';

export const presences = ['online', 'away', 'offline'] as const;
export type Presence = (typeof presences)[number];

export const assignmentModes = ['manual', 'round-robin', 'least-busy'] as const;
export type AssignmentMode = (typeof assignmentModes)[number];

export class WorkspaceView {
  @IsId() id: string;
  @IsName() name: string;
}

export class TeamView {
  @IsId() id: string;
  @IsName() name: string;
  @IsOneOf(assignmentModes) assignment: AssignmentMode;
  @IsBoolean() archived: boolean;
}

/** What an admin says of an agent. */
export class AgentProfile {
  @IsId() id: string;
  @IsName() name: string;
  @IsEmail() email: string;
  @IsOneOf(roles) role: Role;
  /** How many conversations automatic assignment may give them at once. */
  @IsCount() capacity: number;
  @IsIds() teamIds: string[];
  /** Whether they may sign in; who may not stays in histories under their name. */
  @IsBoolean() active: boolean;
}

export class AgentView extends AgentProfile {
  @IsOneOf(presences) status: Presence;
  /** Active conversations assigned to them. */
  @IsCount() activeCount: number;
}

/** An agent with the workspace they belong to, as the gateway needs it to authenticate. */
export class AgentInWorkspace {
  @IsNested(() => AgentView) agent: AgentView;
  @IsNested(() => WorkspaceView) workspace: WorkspaceView;
  @IsNested(() => AgentSettings) settings: AgentSettings;
  /** Another one after each change of their password and each return to work: sessions begun under an earlier one are over. */
  @IsId() credentialId: string;
}

export class CreateWorkspace {
  @IsCommandId() commandId: string;
  @IsName() name: string;
}

export class CreateTeam {
  @IsCommandId() commandId: string;
  @IsName() name: string;
  @Optional() @IsOneOf(assignmentModes) assignment?: AssignmentMode;
}

export class CreateAgent {
  @IsCommandId() commandId: string;
  @IsName() name: string;
  /** Unique over all workspaces, regardless of case. */
  @IsEmail() @MaxLength(254) email: string;
  /** Not the email. */
  @IsNewPassword() password: string;
  @IsOneOf(roles) role: Role;
  @Optional() @IsIds(50) teamIds?: string[];
  @Optional() @IsInt() @Min(1) @Max(1000) capacity?: number;
}

/** What is left out stays as it is. */
export class UpdateAgent {
  @IsId() agentId: string;
  @IsCommandId() commandId: string;
  @Optional() @IsName() name?: string;
  @Optional() @IsOneOf(roles) role?: Role;
  @Optional() @IsIds(50) teamIds?: string[];
  @Optional() @IsInt() @Min(1) @Max(1000) capacity?: number;
  @Optional() @IsBoolean() active?: boolean;
}

/** What is left out stays as it is. */
export class UpdateTeam {
  @IsId() teamId: string;
  @IsCommandId() commandId: string;
  @Optional() @IsName() name?: string;
  @Optional() @IsOneOf(assignmentModes) assignment?: AssignmentMode;
  /** Not while it has active conversations. What is archived takes none; its agents may stay. */
  @Optional() @IsBoolean() archived?: boolean;
}

export class VerifyPassword {
  @IsString() @Length(1, 254) email: string;
  @IsString() @Length(1, 200) password: string;
}

/** An agent's own change; `credentialId` is the next one, so that the session that asks can be told to go on under it. */
export class ChangePassword {
  @IsId() agentId: string;
  @IsString() @Length(1, 200) currentPassword: string;
  @IsNewPassword() newPassword: string;
  @IsId() credentialId: string;
}

/** An admin's, who need not know the one before. */
export class ResetPassword {
  @IsId() agentId: string;
  @IsCommandId() commandId: string;
  @IsNewPassword() newPassword: string;
}

export class GetAgent {
  @IsId() agentId: string;
}

export class FindAgent {
  @IsString() @Length(1, 254) email: string;
}

export class GetTeam {
  @IsId() teamId: string;
}

export class CheckedTeam {
  @IsBoolean() exists: boolean;
}

export class ListAgents extends PageRequest {}
export class ListTeams extends PageRequest {}

export class AgentList {
  @IsNestedList(() => AgentView) items: AgentView[];
  @Nullable() @IsString() nextCursor: string | null;
}

export class TeamList {
  @IsNestedList(() => TeamView) items: TeamView[];
  @Nullable() @IsString() nextCursor: string | null;
}


const byAdmins = { callers: ['agent', 'system'], roles: ['admin'] } as const;
const byAll = { callers: ['agent', 'system'] } as const;
const bySystem = { callers: ['system'] } as const;

/** The operator's: a new company. Its system actor has no workspace yet. */
export const createWorkspace = rpc('rpc.routing.create-workspace.v1', CreateWorkspace, WorkspaceView, bySystem);
export const createTeam = rpc('rpc.routing.create-team.v1', CreateTeam, TeamView, byAdmins);
/** `RULE_VIOLATED` where it would archive a team with active conversations (product rule "Transfer"). */
export const updateTeam = rpc('rpc.routing.update-team.v1', UpdateTeam, TeamView, byAdmins);
export const createAgent = rpc('rpc.routing.create-agent.v1', CreateAgent, AgentView, byAdmins);
/** `RULE_VIOLATED` where it would leave the workspace without an active admin. */
export const updateAgent = rpc('rpc.routing.update-agent.v1', UpdateAgent, AgentView, byAdmins);
export const listAgents = rpc('rpc.routing.list-agents.v1', ListAgents, AgentList, byAll);
export const listTeams = rpc('rpc.routing.list-teams.v1', ListTeams, TeamList, byAll);
/** Answers `UNAUTHENTICATED` alike for an unknown email, a wrong password and an agent who is not active, after the same work. */
export const verifyPassword = rpc('rpc.routing.verify-password.v1', VerifyPassword, AgentInWorkspace, bySystem);
/** `VALIDATION_FAILED` of `currentPassword` when that is wrong. */
export const changePassword = rpc('rpc.routing.change-password.v1', ChangePassword, AgentInWorkspace, bySystem);
/** Ends every session of the agent. */
export const resetPassword = rpc('rpc.routing.reset-password.v1', ResetPassword, AgentView, byAdmins);
export const getAgent = rpc('rpc.routing.get-agent.v1', GetAgent, AgentInWorkspace, bySystem);
/** Whether it is a team of the workspace: all that customer-facing parts need of teams. */
export const checkTeam = rpc('rpc.routing.public-check-team.v1', GetTeam, CheckedTeam, bySystem);
/** The operator's: whose an email is, whatever its case. */
export const findAgent = rpc('rpc.routing.find-agent.v1', FindAgent, AgentInWorkspace, bySystem);
export const getTeam = rpc('rpc.routing.get-team.v1', GetTeam, TeamView, bySystem);

/**
 * An agent was created or changed. Subject's fact: `agent-created`, `agent-changed`, `agent-password-changed`,
 * `agent-settings-changed`. Status and load are told apart, by `AgentStatusNotice`.
 */
export interface AgentEvent {
  noun: 'agent';
  workspaceId: string;
  agent: AgentProfile;
  /** Where these changed, and nothing else: the agent's own business. */
  settings?: AgentSettings;
}

/** A team was created or changed. Subject's fact: `team-created`, `team-changed`. */
export interface TeamEvent {
  noun: 'team';
  workspaceId: string;
  team: TeamView;
}

/** A workspace was created, or counts its active admins anew. Subject's fact: `workspace-created`, `workspace-admin-joined`, `workspace-admin-left`. */
export interface WorkspaceEvent {
  noun: 'workspace';
  workspaceId: string;
  workspace: WorkspaceView;
}

type RoutingFacts = Record<`agent-${string}`, AgentEvent> & Record<`team-${string}`, TeamEvent> & Record<`workspace-${string}`, WorkspaceEvent>;

export const routingEvents = event<AgentEvent | TeamEvent | WorkspaceEvent, RoutingFacts>('routing', 'internal');
