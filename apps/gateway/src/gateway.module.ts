import { Module, type Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { operations } from '@relevo/contracts';
import { MessagingModule, RateLimitsModule, requestsOf } from '@relevo/messaging';
import { type Bootstrap, DatabaseModule, PlatformModule } from '@relevo/platform';
import { AccessTokens } from './auth/access-tokens.js';
import { AgentDirectory } from './auth/agent-directory.js';
import { AuthController } from './auth/auth.controller.js';
import { Authenticator } from './auth/authenticator.js';
import { LoginAttemptsRecord, LoginAttemptsSchema } from './auth/login-attempts.schema.js';
import { LoginLimit } from './auth/login-limit.js';
import { RevocationSweep } from './auth/revocation-sweep.js';
import { Revocations } from './auth/revocations.js';
import { SessionRecord, SessionSchema } from './auth/session.schema.js';
import { SessionsController } from './auth/sessions.controller.js';
import { Sessions } from './auth/sessions.js';
import { GatewayConfig } from './config.js';
import { Counters } from './counts/counters.js';
import { AgentFiles } from './files/agent-files.js';
import { AttachmentsController } from './files/attachments.controller.js';
import { FilesModule } from './files/files.module.js';
import { PrepareVoiceHandler } from './files/prepare-voice.handler.js';
import { RemoveUnusedFilesHandler } from './files/remove-unused-files.handler.js';
import { UnusedFiles } from './files/unused-files.js';
import { ReferredFiles } from './files/referred-files.js';
import { LinkedFilesController } from './files/linked-files.controller.js';
import { configureHttp } from './http/configure.js';
import { ProblemFilter } from './http/problem.filter.js';
import { ChannelFilesController } from './inbound/channel-files.controller.js';
import { InboundFiles } from './inbound/inbound-files.js';
import { InboundController } from './inbound/inbound.controller.js';
import { AgentStatus } from './live/agent-status.js';
import { Standings } from './live/standings.js';
import { Admissions } from './live/admissions.js';
import { LiveEvents } from './live/live-events.js';
import { Typing } from './live/typing.js';
import { LiveFeeds } from './live/live-feeds.js';
import { Dispatcher } from './operations/dispatcher.js';
import { operationsController } from './operations/operations.controller.js';
import { GatewayPresence } from './presence/presence.js';
import { AgentGateway } from './socket/agent.gateway.js';
import { DrainModule } from './socket/drain.js';
import { SocketRequests } from './socket/socket-requests.js';
import { Viewing } from './viewing/viewing.js';
import { WidgetModule } from './widget/widget.module.js';

const service = 'gateway';

export function gatewayModule(config: GatewayConfig): Type {
  @Module({
    imports: [
      PlatformModule.forService(service, config),
      DatabaseModule.forService(service, config),
      MessagingModule.forService(service, config),
      DrainModule.with(config),
      RateLimitsModule.forService(service),
      FilesModule.with(service, config),
      WidgetModule.with(config),
      MongooseModule.forFeature([{ name: SessionRecord.name, schema: SessionSchema }, { name: LoginAttemptsRecord.name, schema: LoginAttemptsSchema }]),
    ],
    controllers: [AuthController, SessionsController, InboundController, ChannelFilesController, AttachmentsController, LinkedFilesController, RemoveUnusedFilesHandler, PrepareVoiceHandler, operationsController(operations)],
    providers: [
      { provide: GatewayConfig, useValue: config },
      { provide: APP_FILTER, useClass: ProblemFilter },
      AccessTokens,
      AgentDirectory,
      Authenticator,
      Revocations,
      Sessions,
      LoginLimit,
      RevocationSweep,
      Dispatcher,
      SocketRequests,
      LiveFeeds,
      Admissions,
      Counters,
      LiveEvents,
      Typing,
      Viewing,
      AgentStatus,
      Standings,
      GatewayPresence,
      AgentFiles,
      InboundFiles,
      ReferredFiles,
      UnusedFiles,
      AgentGateway,
    ],
  })
  class GatewayModule {}
  return GatewayModule;
}

/** Over NATS it is asked about its files alone: by the scheduler, and by channels. */
export const composeGateway = (config: GatewayConfig): ReturnType<Bootstrap['compose']> => ({
  module: gatewayModule(config),
  config,
  microservices: [requestsOf(service, config)],
  configure: (app) => configureHttp(app, config),
});
