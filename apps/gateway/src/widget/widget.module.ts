import { type DynamicModule, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Readiness } from '@relevo/platform';
import { GatewayConfig } from '../config.js';
import { EmbeddingPages } from './embedding-pages.js';
import { VisitorEvents } from './visitor-events.js';
import { VisitorFilesController } from './visitor-files.controller.js';
import { VisitorTokens } from './visitor-tokens.js';
import { VisitorTyping } from './visitor-typing.js';
import { VisitorVoice } from './visitor-voice.js';
import { Visits } from './visits.js';
import { WIDGET_NATS, WidgetBus, widgetConnection } from './widget-bus.js';
import { WidgetRequests } from './widget-requests.js';
import { WidgetGateway } from './widget.gateway.js';

/** All that faces visitors, on a connection to NATS of its own. Nothing in this folder gets another one. */
@Module({})
export class WidgetModule implements OnApplicationShutdown {
  private readonly logger = new Logger(WidgetModule.name);

  constructor(
    @Inject(WIDGET_NATS) private readonly nats: NatsConnection,
    bus: WidgetBus,
    readiness: Readiness,
  ) {
    readiness.add({
      name: 'nats-widget',
      check: async () => {
        if (!bus.isConnected) throw new Error('not connected');
        await nats.flush();
      },
    });
  }

  static with(config: GatewayConfig): DynamicModule {
    return {
      module: WidgetModule,
      controllers: [VisitorFilesController],
      providers: [
        { provide: GatewayConfig, useValue: config },
        { provide: WIDGET_NATS, useFactory: () => connect(widgetConnection(config)) },
        { provide: WidgetBus, inject: [WIDGET_NATS], useFactory: (nats: NatsConnection) => new WidgetBus(nats, config.REQUEST_TIMEOUT_MS) },
        EmbeddingPages,
        VisitorTokens,
        Visits,
        VisitorEvents,
        VisitorTyping,
        VisitorVoice,
        WidgetRequests,
        WidgetGateway,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.nats.drain().catch((error: unknown) => this.logger.warn(`did not drain: ${String(error)}`));
  }
}
