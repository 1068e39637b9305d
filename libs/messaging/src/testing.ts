import type { INestApplication } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { PATTERN_METADATA, TRANSPORT_METADATA } from '@nestjs/microservices/constants.js';
import { headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { type Actor, type ActorKind, type AnyRpc, isErrorBody } from '@relevo/contracts';
import { toHeaders } from './caller.js';
import { eventTransport } from './durable-events/handles-event.js';
import { rpcHandledBy } from './handles.js';

const answerMs = 60_000;

/** No request of ours takes any of these; each is the JSON text of a body. */
const invalidBodies: readonly string[] = ['{"no-request-has-this-field":1}', '{"__proto__":{"role":"admin"}}', '{"constructor":{}}', '[]', '"text"', '7'];

const refusals: readonly string[] = ['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN'];

const actorOf = (kind: ActorKind, rpc: AnyRpc): Actor => {
  const who = { workspaceId: 'no-workspace', id: 'no-one', name: 'No one' };
  switch (kind) {
    case 'agent':
      return { kind, ...who, role: rpc.roles?.[0] ?? 'agent', teamIds: [] };
    case 'channel':
    case 'bot':
    case 'system':
      return { kind, ...who };
  }
};

/** What the handler answers, as a code: an error's own, or that it took the request. */
async function outcome(nats: NatsConnection, subject: string, body: string, from: MsgHdrs): Promise<string> {
  const envelope = `{"pattern":${JSON.stringify(subject)},"id":"1","data":${body}}`;
  try {
    const { err } = (await nats.request(subject, envelope, { headers: from, timeout: answerMs })).json<{ err?: unknown }>();
    if (err === undefined) return 'success';
    return isErrorBody(err) ? err.code : 'an error that is not ours';
  } catch (error) {
    return `nothing (${String(error)})`;
  }
}

async function leaksOf(nats: NatsConnection, rpc: AnyRpc): Promise<string[]> {
  const callers = rpc.callers.map((kind) => toHeaders({ actor: actorOf(kind, rpc), correlationId: 'probe' }));
  const probes = [
    { body: '{}', from: headers(), how: 'a request without an actor' },
    ...callers.flatMap((from) => invalidBodies.map((body) => ({ body, from, how: `the invalid body ${body}` }))),
  ];
  const answers = await Promise.all(probes.map(async ({ body, from, how }) => ({ how, code: await outcome(nats, rpc.subject, body, from) })));
  return answers.filter(({ code }) => !refusals.includes(code)).map(({ how, code }) => `${rpc.subject} answers ${how} with ${code}`);
}

function* methodsOf(app: INestApplication): Generator<{ name: string; method: object }> {
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype, name } of controllers.values()) {
      const prototype = (metatype as { prototype?: Record<string, unknown> } | null)?.prototype;
      if (!prototype) continue;
      for (const key of new MetadataScanner().getAllMethodNames(prototype)) {
        const method = prototype[key];
        if (typeof method === 'function' && Reflect.hasMetadata(PATTERN_METADATA, method)) yield { name: `${String(name)}.${key}`, method };
      }
    }
  }
}

/**
 * For a test of each service, which expects none: the message handlers of a running app that are declared without
 * `@Handles` or `@HandlesEvent`, and the requests that are not refused although nobody sent them or their body is
 * invalid. One readable line each. `nats` may ask anything.
 */
export async function unvalidatedSubjects(app: INestApplication, nats: NatsConnection): Promise<string[]> {
  const events: readonly unknown[] = Object.values(eventTransport);
  const found: string[] = [];
  for (const { name, method } of methodsOf(app)) {
    if (events.includes(Reflect.getMetadata(TRANSPORT_METADATA, method))) continue;
    const rpc = rpcHandledBy(method);
    if (rpc) found.push(...(await leaksOf(nats, rpc)));
    else found.push(`${name} handles ${JSON.stringify(Reflect.getMetadata(PATTERN_METADATA, method))} without @Handles`);
  }
  return found;
}
