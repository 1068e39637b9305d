import { fakeSockets, type FakeSocket } from '../../test/support/fake-socket.js';
import { Gateways } from '../api/gateways.js';
import type { LiveEvent } from '../live-state.js';
import type { Session } from '../session/session.js';
import { Connection } from './connection.js';

/** As much of a session as a connection needs. */
class Tokens {
  renewed = 0;
  current = 'token-0';
  private tell: (token: string) => void = () => undefined;

  token(): Promise<string> {
    return Promise.resolve(this.current);
  }

  renew(): Promise<string> {
    this.current = `token-${++this.renewed}`;
    this.tell(this.current);
    return Promise.resolve(this.current);
  }

  onToken(listener: (token: string) => void): void {
    this.tell = listener;
  }
}

function aConnection(urls = ['http://one', 'http://two']): { connection: Connection; sockets: FakeSocket[]; tokens: Tokens; heard: LiveEvent[] } {
  const { sockets, open } = fakeSockets();
  const tokens = new Tokens();
  const heard: LiveEvent[] = [];
  const connection = new Connection(tokens as unknown as Session, new Gateways(urls), open, (event) => heard.push(event));
  connection.start();
  return { connection, sockets, tokens, heard };
}

const turn = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

describe('a connection', () => {
  it('is live from ready on, and comes back with the cursor of the last event', async () => {
    const { connection, sockets, heard } = aConnection();
    await turn();
    expect(connection.state.getSnapshot()).toEqual({ status: 'connecting', since: 1_000_000, asOf: null });
    expect(sockets[0]!.auth).toEqual({ token: 'token-0' });
    sockets[0]!.ready('e.1');
    sockets[0]!.tell('tag.updated', { cursor: 'e.2', tag: { id: 'vip' } });
    expect(connection.state.getSnapshot().status).toBe('live');
    await jest.advanceTimersByTimeAsync(5_000);
    sockets[0]!.cut();
    expect(connection.state.getSnapshot()).toEqual({ status: 'connecting', since: 1_005_000, asOf: 1_005_000 });
    await jest.advanceTimersByTimeAsync(500);
    expect(sockets[1]!.auth).toEqual({ token: 'token-0', cursor: 'e.2' });
    sockets[1]!.ready('e.2', true);
    expect(connection.state.getSnapshot().status).toBe('live');
    expect(heard.map(({ name }) => name)).toEqual(['ready', 'tag.updated', 'ready']);
  });

  it('says that it is offline once a try has failed, tries other gateways, and less and less often', async () => {
    const { connection, sockets } = aConnection();
    await turn();
    sockets[0]!.ready();
    sockets[0]!.cut();
    const tries: number[] = [];
    for (let count = 1; count <= 8; count++) {
      while (sockets.length <= count) await jest.advanceTimersByTimeAsync(50);
      tries.push(Date.now());
      sockets[count]!.cut();
      expect(connection.state.getSnapshot()).toMatchObject({ status: 'offline', asOf: 1_000_000 });
    }
    expect(new Set(sockets.map(({ url }) => url))).toEqual(new Set(['http://one', 'http://two']));
    const waits = tries.slice(1).map((time, index) => time - tries[index]!);
    expect(waits[0]).toBeLessThanOrEqual(550);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(7_500);
    expect(Math.max(...waits)).toBeLessThanOrEqual(15_050);
  });

  it('tries at once when it is woken, and gives up a silent socket when the network is gone', async () => {
    const { connection, sockets } = aConnection();
    await turn();
    sockets[0]!.ready();
    connection.suspend();
    expect(connection.state.getSnapshot().status).toBe('connecting');
    expect(sockets[0]!.isClosed).toBe(true);
    connection.wake();
    await turn();
    expect(sockets).toHaveLength(2);
    // One is on its way already.
    connection.wake();
    await turn();
    expect(sockets).toHaveLength(2);
  });

  it('shows a new token to the socket that is there, and renews one that is not taken', async () => {
    const { sockets, tokens } = aConnection();
    await turn();
    sockets[0]!.ready();
    await tokens.renew();
    expect(sockets[0]!.asked).toMatchObject([{ event: 'auth.refresh', body: { token: 'token-1' } }]);
    sockets[0]!.cut('UNAUTHENTICATED');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(sockets[1]!.auth.token).toBe('token-2');
  });

  it('does not believe a socket that does not acknowledge', async () => {
    const { connection, sockets } = aConnection();
    await turn();
    sockets[0]!.ready();
    const asked = connection.ask('message.send', {});
    const outcome = expect(asked).rejects.toMatchObject({ code: 'UNREACHABLE' });
    await jest.advanceTimersByTimeAsync(11_000);
    await outcome;
    expect(sockets[0]!.isClosed).toBe(true);
    expect(sockets).toHaveLength(2);
  });

  it('hears nothing more of a socket that was replaced, and begins anew for the next to sign in', async () => {
    const { connection, sockets, heard } = aConnection();
    await turn();
    sockets[0]!.ready();
    connection.stop();
    expect(connection.state.getSnapshot().status).toBe('signed-out');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
    connection.start();
    await turn();
    expect(sockets[1]!.auth).toEqual({ token: 'token-0' });
    expect(heard).toHaveLength(1);
  });
});
