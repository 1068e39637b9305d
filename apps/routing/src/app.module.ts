import { type DynamicModule, Module } from '@nestjs/common';
import { durableEvents, MessagingModule, requestsOf } from '@relevo/messaging';
import { type Composition, DatabaseModule, PlatformModule, readConfig } from '@relevo/platform';
import { AgentJournal } from './agents/agent.journal.js';
import { CreateAgentHandler } from './agents/create-agent.handler.js';
import { GetAgentHandler } from './agents/get-agent.handler.js';
import { ListAgentsHandler } from './agents/list-agents.handler.js';
import { OwnAgents } from './agents/own-agents.js';
import { UpdateAgentHandler } from './agents/update-agent.handler.js';
import { RoutingConfig } from './config.js';
import { CountConversationHandler } from './load/count-conversation.handler.js';
import { LoadCorrection } from './load/load-correction.js';
import { Loads } from './load/loads.js';
import { VerifyProjectionsHandler } from './operations/verify-projections.handler.js';
import { ChangePasswordHandler } from './passwords/change-password.handler.js';
import { Credentials } from './passwords/credentials.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { PasswordNews } from './passwords/password-news.js';
import { ResetPasswordHandler } from './passwords/reset-password.handler.js';
import { VerifyPasswordHandler } from './passwords/verify-password.handler.js';
import { ForgetGatewayHandler } from './presence/forget-gateway.handler.js';
import { Gateways } from './presence/gateways.js';
import { PresenceSweep } from './presence/presence-sweep.js';
import { Presences } from './presence/presences.js';
import { RenewGatewayHandler } from './presence/renew-gateway.handler.js';
import { ReportPresenceHandler } from './presence/report-presence.handler.js';
import { SetStatusHandler } from './presence/set-status.handler.js';
import { Standings } from './presence/standings.js';
import { StatusNews } from './presence/status-news.js';
import { ChangeSettingsHandler } from './settings/change-settings.handler.js';
import { CreateTeamHandler } from './teams/create-team.handler.js';
import { Archiving } from './teams/archiving.js';
import { CheckTeamHandler } from './teams/check-team.handler.js';
import { GetTeamHandler } from './teams/get-team.handler.js';
import { KeepTeamHandler } from './teams/keep-team.handler.js';
import { ListTeamsHandler } from './teams/list-teams.handler.js';
import { TeamJournal } from './teams/team.journal.js';
import { UpdateTeamHandler } from './teams/update-team.handler.js';
import { Admins } from './workspaces/admins.js';
import { CreateWorkspaceHandler } from './workspaces/create-workspace.handler.js';
import { WorkspaceJournal } from './workspaces/workspace.journal.js';

export const service = 'routing';

@Module({})
export class AppModule {
  static with(config: RoutingConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.forService(service, config), DatabaseModule.forService(service, config), MessagingModule.forService(service, config)],
      providers: [
        { provide: RoutingConfig, useValue: config },
        WorkspaceJournal,
        TeamJournal,
        AgentJournal,
        Admins,
        PasswordHasher,
        Credentials,
        PasswordNews,
        Gateways,
        Presences,
        Loads,
        Standings,
        StatusNews,
        PresenceSweep,
        OwnAgents,
        Archiving,
        LoadCorrection,
      ],
      controllers: [
        CreateWorkspaceHandler,
        CreateTeamHandler,
        CheckTeamHandler,
        GetTeamHandler,
        UpdateTeamHandler,
        ListTeamsHandler,
        CreateAgentHandler,
        UpdateAgentHandler,
        GetAgentHandler,
        ListAgentsHandler,
        VerifyPasswordHandler,
        ChangePasswordHandler,
        ResetPasswordHandler,
        RenewGatewayHandler,
        ForgetGatewayHandler,
        ReportPresenceHandler,
        SetStatusHandler,
        ChangeSettingsHandler,
        CountConversationHandler,
        KeepTeamHandler,
        VerifyProjectionsHandler,
      ],
    };
  }
}

/** A replica of it, as `env` (the process's own unless given) sets it up. */
export function compose(env?: NodeJS.ProcessEnv): Composition {
  const config = readConfig(RoutingConfig, env);
  return { module: AppModule.with(config), config, microservices: [requestsOf(service, config), durableEvents({ service, config, visibility: 'internal' })] };
}
