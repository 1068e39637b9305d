import type { NodeConnectionOptions } from '@nats-io/transport-node';
import { connectionOptions, MessageBus } from '@relevo/messaging';
import type { GatewayConfig } from '../config.js';

/** The widget's own connection, as a NATS user who may touch the public stream and `rpc.*.public-*` alone. */
export const WIDGET_NATS = Symbol('WIDGET_NATS');

/**
 * The one way from visitors to services: a bus on the widget's connection. What visitors may not see cannot be asked for
 * through it, whatever is forgotten here.
 */
export class WidgetBus extends MessageBus {}

export const widgetConnection = ({ widgetNatsUrl, REPLICA, OUTAGE_MS }: GatewayConfig): NodeConnectionOptions =>
  connectionOptions('gateway:widget', { NATS_URL: widgetNatsUrl, REPLICA, OUTAGE_MS });
