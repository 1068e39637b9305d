import { type DynamicModule, Module } from '@nestjs/common';
import { durableEvents, MessagingModule, RateLimitsModule, requestsOf } from '@relevo/messaging';
import { type Composition, DatabaseModule, PlatformModule, readConfig } from '@relevo/platform';
import { ChannelJournal } from './channels/channel.journal.js';
import { Channels } from './channels/channels.js';
import { CreateChannelHandler } from './channels/create-channel.handler.js';
import { GetChannelHandler } from './channels/get-channel.handler.js';
import { ListChannelsHandler } from './channels/list-channels.handler.js';
import { ChannelsConfig } from './config.js';
import { OpenWebhookHandler } from './inbound/open-webhook.handler.js';
import { ReceiveOpenedHandler } from './inbound/receive-opened.handler.js';
import { ReceiveWebhookHandler } from './inbound/receive-webhook.handler.js';
import { Reception } from './inbound/reception.js';
import { SignedWebhooks } from './inbound/signed-webhooks.js';
import { VerifyProjectionsHandler } from './operations/verify-projections.handler.js';
import { Deliveries } from './outbound/deliveries.js';
import { DeliveryWorker } from './outbound/delivery-worker.js';
import { QueueMessageHandler } from './outbound/queue-message.handler.js';
import { ReceiveStatusHandler } from './outbound/receive-status.handler.js';
import { VoicePreparation } from './outbound/voice-preparation.js';
import { CheckOriginHandler } from './visits/check-origin.handler.js';
import { OpenVisitHandler } from './visits/open-visit.handler.js';
import { ReceiveVisitorMessageHandler } from './visits/receive-visitor-message.handler.js';

export const service = 'channels';

@Module({})
export class AppModule {
  static with(config: ChannelsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.forService(service, config), DatabaseModule.forService(service, config), MessagingModule.forService(service, config), RateLimitsModule.forService(service)],
      providers: [{ provide: ChannelsConfig, useValue: config }, ChannelJournal, Channels, SignedWebhooks, Reception, Deliveries, VoicePreparation, DeliveryWorker],
      controllers: [
        CreateChannelHandler,
        GetChannelHandler,
        ListChannelsHandler,
        ReceiveWebhookHandler,
        OpenWebhookHandler,
        ReceiveOpenedHandler,
        ReceiveStatusHandler,
        OpenVisitHandler,
        ReceiveVisitorMessageHandler,
        CheckOriginHandler,
        QueueMessageHandler,
        VerifyProjectionsHandler,
      ],
    };
  }
}

/** A replica of it, as `env` (the process's own unless given) sets it up. */
export function compose(env?: NodeJS.ProcessEnv): Composition {
  const config = readConfig(ChannelsConfig, env);
  return { module: AppModule.with(config), config, microservices: [requestsOf(service, config), durableEvents({ service, config, visibility: 'public' })] };
}
