import type { PublicEntry, WidgetAuth } from '@relevo/contracts';
import { type FakeSocket, fakeSockets } from '../../test/support/fake-socket.js';
import { type KeyValueStorage, memoryStorage } from '../session/storage.js';
import { WidgetClient } from './widget-client.js';

const turn = (ms = 0): Promise<void> => jest.advanceTimersByTimeAsync(ms);

const anEntry = (seq: number, text: string | null, { kind = 'customer' as const, conversationId = 'c1' }: { kind?: 'customer' | 'agent'; conversationId?: string } = {}): PublicEntry => ({
  conversationId,
  seq,
  type: text === null ? 'closed' : 'message',
  visibility: 'public',
  at: new Date(2_000_000 + seq).toISOString(),
  actor: { kind, name: kind === 'agent' ? 'Ana' : '' },
  data: text === null ? {} : { text, attachments: [] },
});

interface Stage {
  readonly client: WidgetClient;
  readonly sockets: FakeSocket<WidgetAuth>[];
  /** A gateway whose last connection becomes ready, with what there is in the history. */
  readonly ready: (entries?: readonly PublicEntry[], token?: string) => Promise<FakeSocket<WidgetAuth>>;
  readonly texts: () => string[];
}

function aVisit(storage: KeyValueStorage = memoryStorage()): Stage {
  const { sockets, open } = fakeSockets<WidgetAuth>();
  const client = new WidgetClient({ channelId: 'web', storage, openSocket: open });
  client.start();
  const ready = async (entries: readonly PublicEntry[] = [], token = 'token-1'): Promise<FakeSocket<WidgetAuth>> => {
    const socket = sockets.at(-1)!;
    socket.tell('ready', { visitorToken: token, voice: true });
    await turn();
    expect(socket.asked.at(0)).toMatchObject({ event: 'history', body: {} });
    socket.asked[0]!.answer({ items: entries, nextCursor: null });
    await turn();
    return socket;
  };
  const texts = (): string[] => client.history.getSnapshot().entries.flatMap((entry) => (entry.type === 'message' ? [entry.data.text] : []));
  return { client, sockets, ready, texts };
}

const sent = (socket: FakeSocket<WidgetAuth>) => socket.asked.filter(({ event }) => event === 'message.send');

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

describe('a visit', () => {
  it('comes back as the same visitor, after a cut and after a reload', async () => {
    const storage = memoryStorage();
    const { sockets, ready } = aVisit(storage);
    await turn();
    expect(sockets[0]!.auth).toEqual({ channelId: 'web' });
    (await ready()).cut();
    await turn(500);
    expect(sockets[1]!.auth).toEqual({ channelId: 'web', visitorToken: 'token-1' });
    await ready([], 'token-2');
    const again = aVisit(storage);
    await turn();
    expect(again.sockets[0]!.auth).toEqual({ channelId: 'web', visitorToken: 'token-2' });
  });

  it('goes on as somebody new when its token is not known any more', async () => {
    const storage = memoryStorage();
    await storage.set('relevo.visitor.web.visitor', 'old');
    const { client, sockets } = aVisit(storage);
    await turn();
    sockets[0]!.cut('UNAUTHENTICATED');
    await turn(1_000);
    expect(client.connection.getSnapshot().refusal).toBeNull();
    expect(sockets[1]!.auth).toEqual({ channelId: 'web' });
    // Refused without one, too: it is the channel that is not known.
    sockets[1]!.cut('UNAUTHENTICATED');
    expect(client.connection.getSnapshot().refusal?.code).toBe('UNAUTHENTICATED');
  });

  it('says whether voice messages may be sent: as it is let in, and when that changes', async () => {
    const { client, sockets } = aVisit();
    await turn();
    expect(client.voice.getSnapshot()).toBe(false);
    sockets[0]!.tell('ready', { visitorToken: 'token-1', voice: true });
    expect(client.voice.getSnapshot()).toBe(true);
    sockets[0]!.tell('voice', { enabled: false });
    expect(client.voice.getSnapshot()).toBe(false);
  });

  it('says what the customer is called when it comes, and comes again when that changed', async () => {
    const { sockets, open } = fakeSockets<WidgetAuth>();
    const client = new WidgetClient({ channelId: 'web', name: 'Lucía', openSocket: open });
    client.start();
    await turn();
    sockets[0]!.tell('ready', { visitorToken: 'token-1', voice: true });
    client.introduce('Lucía');
    client.introduce('Lucía Ramos');
    await turn();
    expect(sockets.map(({ auth }) => auth)).toEqual([
      { channelId: 'web', name: 'Lucía' },
      { channelId: 'web', name: 'Lucía Ramos', visitorToken: 'token-1' },
    ]);
  });

  it('reads back to what it holds after it was away, and shows each entry once', async () => {
    const { client, sockets, ready, texts } = aVisit();
    await turn();
    (await ready([anEntry(2, 'uno')])).cut();
    await turn(500);
    const socket = sockets[1]!;
    socket.tell('ready', { visitorToken: 'token-1', voice: true });
    socket.tell('entry', anEntry(9, 'cinco', { kind: 'agent' }));
    await turn();
    socket.asked[0]!.answer({ items: [anEntry(7, 'cuatro'), anEntry(9, 'cinco', { kind: 'agent' })], nextCursor: '1.7' });
    await turn();
    // What was told meanwhile is news, and says nothing of what was missed before it.
    expect(socket.asked[1]).toMatchObject({ event: 'history', body: { before: '1.7' } });
    socket.asked[1]!.answer({ items: [anEntry(2, 'uno'), anEntry(3, 'dos'), anEntry(5, 'tres')], nextCursor: '1.2' });
    await turn();
    expect(texts()).toEqual(['uno', 'dos', 'tres', 'cuatro', 'cinco']);
    expect(socket.asked).toHaveLength(2);
    expect(client.history.getSnapshot().hasOlder).toBe(false);
  });

  it('loads older entries page by page', async () => {
    const { client, sockets, texts } = aVisit();
    await turn();
    const socket = sockets[0]!;
    socket.tell('ready', { visitorToken: 'token-1', voice: true });
    await turn();
    socket.asked[0]!.answer({ items: [anEntry(8, 'b')], nextCursor: '1.8' });
    await turn();
    expect(client.history.getSnapshot()).toMatchObject({ hasOlder: true, isLoaded: true });
    void client.loadOlder();
    void client.loadOlder();
    await turn();
    socket.asked[1]!.answer({ items: [], nextCursor: '1.4' });
    await turn();
    socket.asked[2]!.answer({ items: [anEntry(3, 'a')], nextCursor: null });
    await turn();
    expect(texts()).toEqual(['a', 'b']);
    expect(socket.asked.map(({ body }) => body)).toEqual([{}, { before: '1.8' }, { before: '1.4' }]);
    expect(client.history.getSnapshot()).toMatchObject({ hasOlder: false, isLoadingOlder: false });
  });

  it('keeps what is written while away, over a reload, and sends it once under one commandId', async () => {
    const storage = memoryStorage();
    const first = aVisit(storage);
    await turn();
    const socket = await first.ready();
    await first.client.send('¿Siguen ahí?');
    await turn();
    const { commandId } = sent(socket)[0]!.body as { commandId: string };
    // Asked, and never answered: the page is closed.
    first.client.stop();

    const { client, sockets, ready, texts } = aVisit(storage);
    await turn();
    expect(client.pending.getSnapshot()).toMatchObject([{ commandId, state: 'sending', text: '¿Siguen ahí?' }]);
    const again = await ready();
    expect(sockets).toHaveLength(1);
    expect(sent(again).map(({ body }) => body)).toEqual([{ commandId, text: '¿Siguen ahí?' }]);
    sent(again)[0]!.answer(anEntry(2, '¿Siguen ahí?'));
    await turn();
    expect(texts()).toEqual(['¿Siguen ahí?']);
    expect(client.pending.getSnapshot()).toEqual([]);
    expect(await storage.keys('relevo.outbox.')).toEqual([]);
  });

  it('shows a message once, whether the news of it or its answer comes first, and the same words twice when they were said twice', async () => {
    const { client, ready, texts } = aVisit();
    await turn();
    const socket = await ready([anEntry(2, 'hola')]);
    await client.send('hola');
    await turn();
    expect(client.pending.getSnapshot()).toHaveLength(1);
    socket.tell('entry', anEntry(3, 'hola'));
    expect(client.pending.getSnapshot()).toEqual([]);
    sent(socket)[0]!.answer(anEntry(3, 'hola'));
    await turn();
    expect(texts()).toEqual(['hola', 'hola']);
    expect(client.pending.getSnapshot()).toEqual([]);
  });

  it('says that a conversation was closed, and that whoever writes begins another', async () => {
    const { client, ready } = aVisit();
    await turn();
    const socket = await ready();
    expect(client.history.getSnapshot().status).toBe('none');
    socket.tell('entry', anEntry(2, 'hola'));
    expect(client.history.getSnapshot().status).toBe('active');
    socket.tell('entry', anEntry(5, null, { kind: 'agent' }));
    expect(client.history.getSnapshot().status).toBe('closed');
    socket.tell('entry', { ...anEntry(6, 'de nuevo', { conversationId: 'c2' }) });
    expect(client.history.getSnapshot().status).toBe('active');
  });

  it('a close that was taken back is none', async () => {
    const { client, ready } = aVisit();
    await turn();
    const socket = await ready([anEntry(2, 'hola'), anEntry(5, null, { kind: 'agent' })]);
    expect(client.history.getSnapshot().status).toBe('closed');
    socket.tell('entry', anEntry(8, 'Perdón, sigo aquí', { kind: 'agent' }));
    expect(client.history.getSnapshot().status).toBe('active');
  });

  it('tells who writes until they have written, and that the customer does, once in a while', async () => {
    const { client, ready } = aVisit();
    await turn();
    const socket = await ready();
    socket.tell('typing', { conversationId: 'c1', actor: { kind: 'agent', name: 'Ana' } });
    expect(client.typing.getSnapshot()).toEqual(['Ana']);
    socket.tell('entry', anEntry(3, 'Sí', { kind: 'agent' }));
    expect(client.typing.getSnapshot()).toEqual([]);
    for (let key = 0; key < 20; key++) client.writing();
    await turn();
    expect(socket.asked.filter(({ event }) => event === 'typing')).toHaveLength(1);
  });

  it('keeps what was refused, to be sent again or thrown away', async () => {
    const { client, ready } = aVisit();
    await turn();
    const socket = await ready();
    await client.send('x');
    await turn();
    sent(socket)[0]!.refuse('VALIDATION_FAILED');
    await turn();
    const [refused] = client.pending.getSnapshot();
    expect(refused).toMatchObject({ state: 'refused', refusal: { code: 'VALIDATION_FAILED' } });
    expect(await client.discard(refused!.commandId)).toBe(true);
    expect(client.pending.getSnapshot()).toEqual([]);
  });
});
