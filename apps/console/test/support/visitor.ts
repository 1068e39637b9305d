import { WidgetClient, type WidgetEntry } from '@relevo/client';
import { eventually } from '@relevo/testing';
import type { Office } from './office';

type Said = Extract<WidgetEntry, { readonly type: 'message' }>;

/** A customer at the office's web chat without a screen. */
export class Visitor {
  private constructor(
    readonly client: WidgetClient,
    private readonly url: string,
  ) {}

  static async at({ system, channels }: Office): Promise<Visitor> {
    const url = system.gatewayUrl();
    const client = new WidgetClient({ channelId: channels.web.id, gateways: [url] });
    client.start();
    await eventually(() => expect(client.history.getSnapshot().isLoaded).toBe(true));
    return new Visitor(client, url);
  }

  async sends(text: string, files: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[]): Promise<void> {
    await this.client.send(
      text,
      this.client.choose(files.map(({ name, type, bytes }) => ({ name, content: new Blob([new Uint8Array(bytes)], { type }) }))),
    );
    await eventually(() => expect(this.client.pending.getSnapshot()).toEqual([]));
  }

  /** What was said, from the first on. */
  get said(): readonly Said[] {
    return this.client.history.getSnapshot().entries.filter((entry): entry is Said => entry.type === 'message');
  }

  async bytesOf(attachmentId: string): Promise<Buffer> {
    const response = await fetch(await this.client.fileLinks.of(attachmentId));
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  }

  leave(): void {
    this.client.stop();
  }
}
