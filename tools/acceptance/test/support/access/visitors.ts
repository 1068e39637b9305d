import { randomUUID } from 'node:crypto';
import { agentSocketEvents } from '@relevo/contracts';
import { io } from 'socket.io-client';
import type { Fields } from '../answer.js';
import { OutsideVisitor, type PublicEntryShape } from '../visitor.js';
import type { World } from './world.js';

/** A visitor who wrote, was answered, and has a file that is not sent; and others, who are not to know of any of it. */
export class Visitors {
  readonly conversationId: string;

  private constructor(
    private readonly world: World,
    readonly owner: OutsideVisitor,
    first: PublicEntryShape,
    /** Of the owner, not sent yet. */
    readonly attachmentId: string,
    /** By what they are to the owner. */
    readonly others: Readonly<Record<'of the same channel' | 'of another channel' | 'of another workspace', OutsideVisitor>>,
  ) {
    this.conversationId = first.conversationId;
  }

  static async come(world: World): Promise<Visitors> {
    const { north, south, url } = world;
    const visit = (channelId: string): Promise<OutsideVisitor> => OutsideVisitor.open(url, { channelId });
    const owner = await visit(north.channels.web.id);
    const first = await owner.writes('solo mío');
    return new Visitors(world, owner, first, await uploaded(url, owner.ready.visitorToken), {
      'of the same channel': await visit(north.channels.web.id),
      'of another channel': await visit(north.channels.shop.id),
      'of another workspace': await visit(south.channels.web.id),
    });
  }

  /** Handshakes that nobody is let in with, by what is wrong with them. */
  strangers(): Readonly<Record<string, Fields>> {
    const { north, south } = this.world;
    const [web, shop] = [north.channels.web.id, north.channels.shop.id];
    const { visitorToken } = this.owner.ready;
    return {
      'no channel': {},
      'a channel of agents': { channelId: north.channels.general.id },
      'a token of another channel': { channelId: shop, visitorToken },
      'a token of another workspace': { channelId: south.channels.web.id, visitorToken },
      'the token of an agent': { channelId: web, visitorToken: this.world.callers.admin.token },
      'a token for an id of one’s own': { channelId: web, visitorToken, externalId: 'visitor:x' },
      'a user without proof': { channelId: web, userId: '42' },
    };
  }

  close(): void {
    for (const visitor of [this.owner, ...Object.values(this.others)]) visitor.close();
  }
}

/** A refused handshake's code, or `ready`. */
export function knock(gatewayUrl: string, auth: Fields): Promise<string> {
  const socket = io(`${gatewayUrl}/widget`, { auth, transports: ['websocket'], reconnection: false, forceNew: true });
  return new Promise<string>((resolve) => {
    socket.once('ready', () => resolve('ready'));
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) => resolve(error.data?.code ?? error.message));
  }).finally(() => socket.close());
}

async function uploaded(gatewayUrl: string, token: string): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob(['mío']), 'mio.txt');
  const response = await fetch(`${gatewayUrl}/v1/widget/attachments`, { method: 'POST', body: form, headers: { authorization: `Bearer ${token}` } });
  return ((await response.json()) as { id: string }).id;
}

/** What agents may ask over a socket, and visitors must not. */
export const agentsOnly = [...agentSocketEvents.keys()].filter((event) => event !== 'message.send');

/** Bodies of the widget's events that name somebody else's conversation or identity: it is the socket's to say whose it is. */
export const usurping = ({ conversationId, owner }: Visitors): [event: string, body: Fields][] =>
  [{ conversationId }, { channelId: 'web' }, { externalId: 'visitor:x' }, { visitorToken: owner.ready.visitorToken }].flatMap((more): [string, Fields][] => [
    ['history', more],
    ['typing', more],
    ['message.send', { commandId: randomUUID(), text: 'hola', ...more }],
  ]);
