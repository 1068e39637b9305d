import { randomUUID } from 'node:crypto';
import { agentSocketEvents, type Class, gatewayRoutes, isCommand, nameOf, type Operation, operations, requestOf } from '@relevo/contracts';
import { signatureOf } from '@relevo/testing';
import { rules } from '../access/rules.js';
import type { World } from '../access/world.js';
import { exchangeOf, type Exchange, type Fields, type Outcome, overHttp } from '../answer.js';

/** Something that takes a body: a route, or an event of a socket. */
export interface Target {
  readonly name: string;
  readonly request: Class<object>;
  /** Good in every field, and all of what may be asked for. */
  readonly base: Fields;
  /** Names that the path carries, as text. */
  readonly inPath: readonly string[];
  /** Whether the other fields are query parameters. */
  readonly inQuery: boolean;
  /** Whether a body without `commandId` is a good one. */
  readonly makesCommandId: boolean;
  /** Its bytes are signed, whatever they are said to be. */
  readonly isSigned?: boolean;
  /** In bytes, where it is less than that of all bodies. */
  readonly bodyLimit?: number;
  send(body: unknown): Promise<Outcome>;
  /** Over HTTP, what goes over the wire in place of a JSON body. */
  readonly sendRaw?: (body: Exchange['body'], headers?: Readonly<Record<string, string>>, query?: string) => Promise<Outcome>;
}

/** A good body of an operation, and what it comes to when it is not spoilt. */
export interface Sample {
  readonly operation: Operation;
  readonly fields: Fields;
  readonly expected: string;
}

export async function sampleOf(world: World, operation: Operation): Promise<Sample> {
  const { subjects, body } = rules[nameOf(operation)];
  const [subject] = subjects;
  const { ids } = await subject!.prepare(world);
  return { operation, fields: { ...(isCommand(operation) && { commandId: randomUUID() }), ...body?.('permitido'), ...ids }, expected: subject!.expects('admin') };
}

const paramsOf = ({ path }: Operation): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);

function routeOf(world: World, { operation, fields }: Sample): Target {
  const { token } = world.callers.admin;
  const inPath = paramsOf(operation);
  const http = (exchange: Exchange): Promise<Outcome> => overHttp(world.url, { ...exchange, ...(token !== undefined && { token }) });
  return {
    name: nameOf(operation),
    request: requestOf(operation),
    base: fields,
    inPath,
    inQuery: !isCommand(operation),
    makesCommandId: true,
    send: (body) => http(exchangeOf(operation, body as Fields)),
    sendRaw: (body, headers, query = '') => {
      const { method, path } = exchangeOf(operation, Object.fromEntries(inPath.map((name) => [name, fields[name]])));
      return http({ method, path: `${path}${query}`, ...(body !== undefined && { body }), ...(headers && { headers }) });
    },
  };
}

/** Bodies of the gateway's own routes and events that are good in form; what they are good for is another matter. */
const ownBodies = (): Readonly<Record<string, Fields>> => ({
  'POST /v1/auth/login': { email: 'nadie@test.example', password: 'only-for-tests' },
  'POST /v1/auth/refresh': { refreshToken: 'a.b' },
  'POST /v1/auth/logout': { refreshToken: 'a.b' },
  'POST /v1/auth/password': { currentPassword: 'not-the-one-it-is', newPassword: 'only-for-tests-either' },
  'POST /v1/channels/:channelId/inbound': {
    externalMessageId: randomUUID(),
    sentAt: '2026-01-31T10:00:00.000Z',
    sender: { externalId: '+34600', name: 'Cliente', attributes: { city: 'Vigo' } },
    message: { text: 'hola' },
  },
  'POST /v1/channels/:channelId/statuses': { externalMessageId: 'none', status: 'delivered' },
  'presence.heartbeat': {},
  'auth.refresh': { token: 'a.b.c' },
  'typing.start': { conversationId: 'none' },
  'typing.stop': { conversationId: 'none' },
  'viewing.start': { conversationId: 'none' },
  'viewing.stop': { conversationId: 'none' },
});

function ownBody(name: string): Fields {
  const body = ownBodies()[name];
  if (!body) throw new Error(`${name} needs a good body here`);
  return body;
}

/** `AUTH_BODY_LIMIT_BYTES` of the gateway. */
const authBodyLimit = 16_384;

const plain = { inPath: [], inQuery: false, makesCommandId: false } as const;

function ownRoutes(world: World): Target[] {
  const { id, secret } = world.north.channels.general;
  return gatewayRoutes.flatMap(({ method, path, access, request }) => {
    if (!request) return [];
    const name = `${method} ${path}`;
    const sendRaw: Target['sendRaw'] = (body, headers, query = '') =>
      overHttp(world.url, {
        method,
        path: `${path.replace(':channelId', id)}${query}`,
        ...(body !== undefined && { body }),
        ...(access === 'bearer' && { token: world.callers.admin.token! }),
        headers: { ...(access === 'signed' && { 'x-relevo-signature': signatureOf(Buffer.from(body ?? '').toString('utf8'), secret) }), ...headers },
      });
    return [{ ...plain, isSigned: access === 'signed', ...(path.startsWith('/v1/auth/') && { bodyLimit: authBodyLimit }), name, request, base: ownBody(name), send: (body: unknown) => sendRaw(JSON.stringify(body)), sendRaw }];
  });
}

function events(world: World, samples: readonly Sample[]): Target[] {
  return [...agentSocketEvents].map(([event, request]) => ({
    ...plain,
    name: event,
    request,
    base: samples.find(({ operation }) => operation.event === event)?.fields ?? ownBody(event),
    send: (body: unknown) => world.callers.admin.emit(event, body),
  }));
}

/** Everything there is that takes a body or a query. */
export const targetsOf = (world: World, samples: readonly Sample[]): Target[] => [...samples.map((sample) => routeOf(world, sample)), ...ownRoutes(world), ...events(world, samples)];

export const samplesOf = (world: World): Promise<Sample[]> => Promise.all(operations.map((operation) => sampleOf(world, operation)));
