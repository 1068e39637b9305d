import { IsBoolean, IsCommandId, IsCount, IsId, IsNested, IsNestedList, IsOneOf, IsSeq } from '../fields.js';
import { rpc } from '../rpc.js';
import { AgentSettings, ChangeSettings } from './settings.js';
import { AgentView, type Presence, presences, WorkspaceView } from './routing.js';

/** An agent as they see themselves: answer of `GET /me`, and of what changes it. */
export class MeView extends AgentView {
  @IsNested(() => WorkspaceView) workspace: WorkspaceView;
  @IsNested(() => AgentSettings) settings: AgentSettings;
}

/** What an agent can choose to be; `offline` follows from their connections and activity alone. */
export const choices = ['online', 'away'] as const satisfies readonly Presence[];
export type Choice = (typeof choices)[number];

export class SetStatus {
  @IsCommandId() commandId: string;
  @IsOneOf(choices) status: Choice;
}

/** Body of the socket's `presence.heartbeat`: somebody is there, though they ask nothing. */
export class Heartbeat {}

/** A gateway is alive. It is told when it has been silent for so long that it was given up. */
export class RenewGateway {
  /** Of one run of one replica; after it was given up, another. */
  @IsId() gatewayId: string;
  /** Whether it is the first time under this id. */
  @IsBoolean() begins: boolean;
}

export class GatewayRenewed {
  /** False: its connections count no more, and never will under this id. */
  @IsBoolean() known: boolean;
}

/** A gateway ends: none of its connections counts any more. */
export class ForgetGateway {
  @IsId() gatewayId: string;
}

export class GatewayForgotten {}

/** Agents that one report may name; each has a handful of fields, see `validateShape`. */
export const maxReported = 150;

export class ReportedAgent {
  @IsId() agentId: string;
  @IsId() workspaceId: string;
  /** Whether any of their sockets is connected to the gateway. */
  @IsBoolean() connected: boolean;
  /** Whether they did something since the report before. */
  @IsBoolean() active: boolean;
}

/** What a gateway knows of some agents. Of two reports the one with the higher `seq` is right, whichever comes first. */
export class ReportPresence {
  @IsId() gatewayId: string;
  @IsSeq() seq: number;
  @IsNestedList(() => ReportedAgent, maxReported) agents: ReportedAgent[];
}

export class PresenceReported {}

const bySystem = { callers: ['system'] } as const;
const byAgents = { callers: ['agent'] } as const;

export const renewGateway = rpc('rpc.routing.renew-gateway.v1', RenewGateway, GatewayRenewed, bySystem);
export const forgetGateway = rpc('rpc.routing.forget-gateway.v1', ForgetGateway, GatewayForgotten, bySystem);
export const reportPresence = rpc('rpc.routing.report-presence.v1', ReportPresence, PresenceReported, bySystem);
/** The agent's own. Whoever is not connected stays `offline`; what they chose holds from when they come. */
export const setStatus = rpc('rpc.routing.set-status.v1', SetStatus, MeView, byAgents);
/** The agent's own. */
export const changeSettings = rpc('rpc.routing.change-settings.v1', ChangeSettings, MeView, byAgents);

/** An agent's standing changed. To everybody of the workspace, at most once a second for each agent. */
export class AgentStatusNotice {
  @IsId() workspaceId: string;
  @IsId() agentId: string;
  @IsOneOf(presences) status: Presence;
  @IsCount() activeCount: number;
}

/** Core NATS: whoever does not listen just then never hears it. `*` when no workspace is given. */
export const agentStatusSubject = (workspaceId = '*'): string => `live.routing.${workspaceId}.agent-status.v1`;
