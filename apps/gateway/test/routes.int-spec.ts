import { type INestApplication } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { MESSAGE_METADATA } from '@nestjs/websockets/constants.js';
import { agentSocketEvents, type Access, gatewayRoutes, type HttpMethod, operations } from '@relevo/contracts';
import type { Express } from 'express';
import { AgentGateway } from '../src/socket/agent.gateway.js';
import type { AgentNamespace } from '../src/socket/agent-socket.js';
import type { LiveClient } from './support/live-client.js';
import { System } from './support/system.js';

/** What is served and what the registries say must be the same: tests and documents are generated from the registries. */
let system: System;
let client: LiveClient;

beforeAll(async () => {
  system = await System.start();
  client = await system.connect(system.services.hire('ana'));
});

afterAll(() => system?.stop());

const registered: readonly { method: HttpMethod; path: string; access: Access }[] = [
  ...operations.map(({ method, path }) => ({ method, path: `/v1${path}`, access: 'bearer' as const })),
  ...gatewayRoutes,
];

/** Under this path Nest puts middlewares, for every method; that nothing is answered there is a test of its own. */
const middlewares = '{/*splat}';

/** Routes as Express will look for them, and not as anybody declared them. */
function servedBy(app: INestApplication): string[] {
  const { router } = app.getHttpAdapter().getInstance() as Express;
  return router.stack.flatMap(({ route }) => {
    if (!route || route.path === middlewares) return [];
    const methods = Object.keys((route as unknown as { methods: Record<string, boolean> }).methods);
    return methods.map((method) => `${method.toUpperCase()} ${route.path}`);
  });
}

/** Methods that Nest itself would hand an event of a socket to. */
function subscribers(app: INestApplication): string[] {
  return [...app.get(ModulesContainer).values()].flatMap(({ providers }) =>
    [...providers.values()].flatMap(({ metatype, name }) => {
      const prototype = (metatype as { prototype?: Record<string, object> } | null)?.prototype;
      if (!prototype) return [];
      const methods = new MetadataScanner().getAllMethodNames(prototype).filter((method) => Reflect.hasMetadata(MESSAGE_METADATA, prototype[method] as object));
      return methods.map((method) => `${String(name)}.${method}`);
    }),
  );
}

const namespaceOf = (app: INestApplication): AgentNamespace => app.get<{ namespace: AgentNamespace }>(AgentGateway).namespace;

it('every route that is served is in a registry, and every one of a registry is served', () => {
  expect(servedBy(system.gateways[0]!).toSorted()).toEqual(registered.map(({ method, path }) => `${method} ${path}`).toSorted());
});

it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('%s of any other path finds nothing', async (method) => {
  for (const path of ['/', '/v1', '/v1/nothing', '/v1/conversations/x/nothing', '/nothing']) {
    expect(await system.rest(method, path)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
  }
});

it.each(registered.filter(({ access }) => access === 'bearer'))('$method $path needs a token', async ({ method, path }) => {
  const nobody = await system.rest(method, path.replace(/:\w+/g, 'x'));
  expect(nobody).toMatchObject({ status: 401, json: { code: 'UNAUTHENTICATED' } });
});

it.each(gatewayRoutes.filter(({ access }) => access === 'public'))('$method $path needs none', async ({ method, path, request }) => {
  const { status } = await fetch(`${system.url}${path}`, { method, ...(request && { body: '{"unknown":1}', headers: { 'content-type': 'application/json' } }) });
  // Whoever is told what is wrong with their body was let in.
  expect(status).toBe(request ? 400 : 200);
});

it('events of sockets are handled in one place, by the registry', () => {
  expect(subscribers(system.gateways[0]!)).toEqual([]);
  const socket = namespaceOf(system.gateways[0]!).sockets.get(client.socket.id!)!;
  // Socket.IO's own; a client who sends an event of these names is answered like by any other.
  expect(socket.eventNames().filter((name) => name !== 'disconnect' && name !== 'error')).toEqual([]);
  expect(socket.listenersAny()).toHaveLength(1);
});

it.each([...agentSocketEvents.keys()])('%s is an event that is served', async (event) => {
  expect(await client.ask(event, { unknown: 1 })).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED' } });
});

// The protocol lets names be numbers.
it.each(['conversation.destroy', 'auth.login', 'error', '', 42])('%j is none', async (event) => {
  expect(await client.ask(event as string, { unknown: 1 })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
});

