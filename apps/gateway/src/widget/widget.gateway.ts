import { type BeforeApplicationShutdown, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type OnGatewayConnection, type OnGatewayDisconnect, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Express } from 'express';
import { addressOfHandshake } from '../http/client.js';
import { connectedVisitors } from '../metrics.js';
import { Drain } from '../socket/drain.js';
import { type Refusal, refusalOf } from '../socket/refusal.js';
import { VisitorEvents } from './visitor-events.js';
import { VisitorTyping } from './visitor-typing.js';
import { VisitorVoice } from './visitor-voice.js';
import { Visits } from './visits.js';
import { WidgetRequests } from './widget-requests.js';
import type { WidgetNamespace, WidgetSocket } from './widget-socket.js';

/** Room for the longest text, every character of it escaped. Anybody may write to this namespace. */
const packetLimitBytes = 65_536;

/** Sockets of visitors: let in, asked, told, and let go. */
@WebSocketGateway({ namespace: 'widget' })
export class WidgetGateway implements OnGatewayInit<WidgetNamespace>, OnGatewayConnection<WidgetSocket>, OnGatewayDisconnect<WidgetSocket>, BeforeApplicationShutdown {
  private readonly logger = new Logger(WidgetGateway.name);

  constructor(
    private readonly visits: Visits,
    private readonly requests: WidgetRequests,
    private readonly events: VisitorEvents,
    private readonly typing: VisitorTyping,
    private readonly voice: VisitorVoice,
    private readonly http: HttpAdapterHost,
    private readonly drain: Drain,
  ) {}

  afterInit(namespace: WidgetNamespace): void {
    this.drain.attach(namespace);
    this.events.attach(namespace);
    this.typing.attach(namespace);
    this.voice.attach(namespace);
    namespace.use((socket, next) => void this.letIn(socket).then(next));
  }

  handleConnection(socket: WidgetSocket): void {
    connectedVisitors.inc();
    socket.conn.on('packet', ({ data }: { data?: string | Buffer }) => {
      // At once: what is in the packet is not looked at any more.
      if (data !== undefined && Buffer.byteLength(data) > packetLimitBytes) socket.disconnect(true);
    });
    socket.onAny((event: string | number, ...args: unknown[]) => this.drain.track(socket.conn, this.requests.handle(socket, event, args)));
    this.events.admit(socket).catch((error: unknown) => {
      this.logger.warn({ reason: String(error), channelId: socket.data.visitor.channelId }, 'a visitor could not be let in');
      // The transport's end, unlike a disconnect of ours, makes clients come again by themselves.
      socket.conn.close();
    });
  }

  handleDisconnect(socket: WidgetSocket): void {
    connectedVisitors.dec();
    this.events.leave(socket);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.drain.finish();
    await this.events.close();
  }

  private async letIn(socket: WidgetSocket): Promise<Refusal | undefined> {
    try {
      socket.data.visitor = await this.visits.open(socket.handshake.auth, socket.handshake.headers, this.addressOf(socket));
      return undefined;
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** By Express's own idea of which proxies are trusted. */
  private addressOf({ handshake }: WidgetSocket): string {
    const express = this.http.httpAdapter.getInstance<Express>();
    return addressOfHandshake(handshake, express.get('trust proxy fn') as (address: string, hop: number) => boolean);
  }
}
