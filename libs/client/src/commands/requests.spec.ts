import { RelevoError } from '../api/error.js';
import { Gateways } from '../api/gateways.js';
import { Rest } from '../api/rest.js';
import type { Session } from '../session/session.js';
import { ConversationCommands } from './conversation-commands.js';
import { Requests } from './requests.js';

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Answer = Response | 'lost';

/** What a socket and a gateway answer, one after the other, and what they were asked. */
class Gateway {
  readonly exchanges: Exchange[] = [];
  readonly asked: { readonly event: string; readonly body: object }[] = [];
  isLive = false;
  renewed = 0;
  readonly requests: Requests;

  constructor(
    private readonly answers: Answer[],
    private readonly acks: (object | RelevoError)[] = [],
  ) {
    const session = { token: () => Promise.resolve('token'), renew: () => Promise.resolve(`renewed-${++this.renewed}`) } as unknown as Session;
    this.requests = new Requests(session, new Rest(new Gateways(['http://one']), this.fetch, 1_000), this);
  }

  private readonly fetch: typeof fetch = (input, init) => {
    const { method = '', headers, body } = init ?? {};
    this.exchanges.push({ method, path: (input as string).replace('http://one', ''), headers: headers as Record<string, string>, body: body && JSON.parse(body as string) });
    const answer = this.answers.shift();
    return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(new TypeError('fetch failed'));
  };

  /** Over the socket. */
  ask(event: string, body: object): Promise<unknown> {
    this.asked.push({ event, body });
    const ack = this.acks.shift();
    return ack instanceof RelevoError ? Promise.reject(ack) : Promise.resolve(ack);
  }
}

const problem = (status: number, code: string, more: object = {}): Response => Response.json({ code, detail: `It is ${code}.`, correlationId: 'c-1', ...more }, { status });
const lost = new RelevoError({ code: 'UNREACHABLE', message: 'lost' });
const changed = { entry: null, conversation: { id: 'a', seq: 2 } };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const claim = (gateway: Gateway, signal?: AbortSignal): Promise<unknown> =>
  gateway.requests.command('POST /conversations/:conversationId/claim', { conversationId: 'a' }, signal ? { signal } : {});

describe('a command', () => {
  it('is asked with one commandId until it is answered, over the socket or REST, whichever is there', async () => {
    const gateway = new Gateway(['lost', problem(503, 'UNAVAILABLE'), Response.json(changed)], [lost]);
    gateway.isLive = true;
    const answer = claim(gateway);
    await jest.advanceTimersByTimeAsync(0);
    gateway.isLive = false;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await answer).toEqual(changed);
    const [first] = gateway.asked;
    expect(first).toMatchObject({ event: 'conversation.claim', body: { conversationId: 'a' } });
    const { commandId } = first!.body as { commandId: string };
    expect(commandId).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
    expect(gateway.exchanges.map(({ path, headers, body }) => [path, headers['idempotency-key'], body])).toEqual(Array(3).fill(['/v1/conversations/a/claim', commandId, {}]));
  });

  it('that is refused is not asked again, and says why', async () => {
    const refusal = problem(409, 'ALREADY_ASSIGNED', { details: { assigneeId: 'beto' }, errors: [{ path: 'x', message: 'y' }] });
    const gateway = new Gateway([refusal]);
    const error: unknown = await claim(gateway).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RelevoError);
    expect(error).toMatchObject({ code: 'ALREADY_ASSIGNED', message: 'It is ALREADY_ASSIGNED.', details: { assigneeId: 'beto' }, errors: [{ path: 'x', message: 'y' }], correlationId: 'c-1' });
    expect(gateway.exchanges).toHaveLength(1);
  });

  it('goes on with another token where the socket’s is not taken any more', async () => {
    const gateway = new Gateway([problem(401, 'UNAUTHENTICATED'), Response.json(changed)], [new RelevoError({ code: 'UNAUTHENTICATED', message: 'over' })]);
    gateway.isLive = true;
    expect(await claim(gateway)).toEqual(changed);
    const { commandId } = gateway.asked[0]!.body as { commandId: string };
    expect(gateway.exchanges.map(({ headers }) => [headers.authorization, headers['idempotency-key']])).toEqual([
      ['Bearer token', commandId],
      ['Bearer renewed-1', commandId],
    ]);
  });

  it('waits as long as a limit asks', async () => {
    const gateway = new Gateway([problem(429, 'RATE_LIMITED', { details: { retryAfterMs: 7_000 } }), Response.json(changed)]);
    const answer = claim(gateway);
    await jest.advanceTimersByTimeAsync(6_900);
    expect(gateway.exchanges).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(200);
    expect(await answer).toEqual(changed);
  });

  it('begun before is repeated under its commandId, and tells of what passes', async () => {
    const gateway = new Gateway(['lost', problem(503, 'UNAVAILABLE'), Response.json(changed)]);
    const failures: string[] = [];
    const commands = new ConversationCommands((name, body, options) => gateway.requests.command(name, body, options));
    const answer = commands.open({ customerId: 'rosa', channelId: 'tienda', text: 'Hola' }, { commandId: 'begun-before', onFailure: ({ code }) => failures.push(code) });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await answer).toEqual(changed);
    expect(failures).toEqual(['UNREACHABLE', 'UNAVAILABLE']);
    const body = { customerId: 'rosa', channelId: 'tienda', text: 'Hola' };
    expect(gateway.exchanges.map(({ method, path, headers, body }) => [method, path, headers['idempotency-key'], body])).toEqual(Array(3).fill(['POST', '/v1/conversations', 'begun-before', body]));
  });

  it('is waited for no longer than somebody wants', async () => {
    const gateway = new Gateway(Array<Answer>(50).fill('lost'));
    const wanted = new AbortController();
    const outcome = expect(claim(gateway, wanted.signal)).rejects.toMatchObject({ code: 'ABORTED' });
    await jest.advanceTimersByTimeAsync(3_000);
    wanted.abort();
    await outcome;
    const { length } = gateway.exchanges;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(gateway.exchanges).toHaveLength(length);
  });
});

describe('a question', () => {
  it('carries its parts where REST has them', async () => {
    const gateway = new Gateway([Response.json({ items: [], nextCursor: null })]);
    await gateway.requests.ask('GET /conversations/:conversationId/timeline', { conversationId: 'a/b', after: 0, limit: 10 });
    expect(gateway.exchanges).toMatchObject([{ method: 'GET', path: '/v1/conversations/a%2Fb/timeline?after=0&limit=10', headers: { authorization: 'Bearer token' } }]);
  });

  it('is asked once more with the next token when the first is not taken, and no more', async () => {
    const gateway = new Gateway([problem(401, 'UNAUTHENTICATED'), Response.json({ toleranceHours: 24, voice: false })]);
    await expect(gateway.requests.ask('GET /policy', {})).resolves.toMatchObject({ toleranceHours: 24 });
    expect(gateway.exchanges.map(({ headers }) => headers.authorization)).toEqual(['Bearer token', 'Bearer renewed-1']);
    const refusing = new Gateway([problem(401, 'UNAUTHENTICATED'), problem(401, 'UNAUTHENTICATED')]);
    await expect(refusing.requests.ask('GET /policy', {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('that a proxy answers with a page of its own was not answered', async () => {
    const gateway = new Gateway([new Response('<html>Bad gateway</html>', { status: 502 })]);
    await expect(gateway.requests.ask('GET /policy', {})).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });
});
