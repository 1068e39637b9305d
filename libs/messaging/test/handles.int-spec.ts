import { Controller, type INestApplication, Module, type NestInterceptor, type Type, UseInterceptors } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import {
  type ActorOf,
  type Caller,
  claimConversation,
  type ClaimConversation,
  type ConversationChanged,
  createTeam,
  type CreateTeam,
  header,
  listTags,
  receiveMessage,
  type PublicEntry,
  type ReceiveMessage,
  type Role,
  type TagList,
  type TeamView,
} from '@relevo/contracts';
import { type Stack, startStack } from '@relevo/local-stack';
import { PlatformModule, startApplication } from '@relevo/platform';
import { type Observable, of } from 'rxjs';
import { Handles, MessagingModule, NATS_CONNECTION, requestsOf, toHeaders } from '../src/index.js';
import { unvalidatedSubjects } from '../src/testing.js';
import { aChannel, anAgent } from './support/callers.js';
import { makeStreams } from './support/publisher.js';
import { configFor } from './support/replica.js';

const handled: unknown[] = [];

@Controller()
class Probe {
  @Handles(claimConversation)
  claim(request: ClaimConversation): Promise<ConversationChanged> {
    handled.push(request);
    return Promise.resolve({ entry: null, conversation: {} } as ConversationChanged);
  }

  @Handles(createTeam)
  createTeam(request: CreateTeam, { actor }: Caller<ActorOf<'agent' | 'system'>>): Promise<TeamView> {
    handled.push(request);
    return Promise.resolve({ id: actor.id, name: request.name, assignment: 'manual', archived: false });
  }

  @Handles(receiveMessage)
  receive(request: ReceiveMessage): Promise<PublicEntry> {
    handled.push(request);
    const actor = { kind: 'customer', name: '' } as const;
    return Promise.resolve({ conversationId: 'c1', seq: 1, type: 'message', visibility: 'public', at: '2026-03-01T10:00:00.000Z', actor, data: {} });
  }
}

/** What an author in a hurry might write. */
@Controller()
class Forgetful {
  @MessagePattern('rpc.conversations.forgotten.v1')
  anything(body: unknown): unknown {
    return body;
  }
}

class CachedAnswer implements NestInterceptor {
  intercept(): Observable<unknown> {
    return of({ items: [], nextCursor: null });
  }
}

/** Answers from a cache, and so before the body is looked at. */
@Controller()
class Hasty {
  @Handles(listTags)
  @UseInterceptors(CachedAnswer)
  listTags(): Promise<TagList> {
    return Promise.reject(new Error('is never asked'));
  }
}

interface Envelope {
  err?: { code: string; message: string; errors?: { path: string; message: string }[] };
  response?: unknown;
}

describe('@Handles', () => {
  let stack: Stack;
  let app: INestApplication;

  const start = (controllers: Type[]): Promise<INestApplication> => {
    const config = configFor(stack.nats.url);
    @Module({ imports: [PlatformModule.forService('probe', config), MessagingModule.forService('probe', config)], controllers })
    class Root {}
    return startApplication(Root, config, [requestsOf('probe', config)]);
  };

  /** As anybody on the wire could: `data` is JSON text. */
  const send = async (subject: string, data: string, from = headers()): Promise<Envelope> => {
    const reply = await app.get<NatsConnection>(NATS_CONNECTION).request(subject, `{"pattern":"${subject}","id":"1","data":${data}}`, { headers: from, timeout: 60_000 });
    return reply.json<Envelope>();
  };

  const aClaim = '{"conversationId":"c1","commandId":"command-1"}';
  const aTeam = '{"commandId":"command-1","name":"Sales"}';

  beforeAll(async () => {
    stack = await startStack({ ephemeral: true, ignoreEnvironment: true, natsSilenceSeconds: 20 });
    await makeStreams(stack.nats.url);
    app = await start([Probe]);
  });

  beforeEach(() => handled.splice(0));

  afterAll(async () => {
    await app.close();
    await stack.stop();
  });

  it('hands a valid body over as an instance of the request', async () => {
    const { err } = await send(createTeam.subject, aTeam, toHeaders(anAgent('admin')));
    expect(err).toBeUndefined();
    expect(handled[0]).toBeInstanceOf(createTeam.request);
  });

  describe('refuses before the handler runs', () => {
    afterEach(() => expect(handled).toEqual([]));

    it('a request whose answer would go anywhere but to an inbox', async () => {
      const nats = app.get<NatsConnection>(NATS_CONNECTION);
      const told: string[] = [];
      nats.subscribe('$JS.API.STREAM.PURGE.NOTHING', { callback: (_, message) => void told.push(message.subject) });
      nats.publish(claimConversation.subject, `{"pattern":"${claimConversation.subject}","id":"1","data":${aClaim}}`, {
        reply: '$JS.API.STREAM.PURGE.NOTHING',
        headers: toHeaders(anAgent('agent')),
      });
      // Behind it on the same subject: when this is answered, that would have been.
      expect((await send(claimConversation.subject, '{}', toHeaders(anAgent('agent')))).err?.code).toBe('VALIDATION_FAILED');
      expect(told).toEqual([]);
    });

    it('a request without an actor', async () => {
      expect((await send(claimConversation.subject, aClaim)).err?.code).toBe('UNAUTHENTICATED');
    });

    it.each(['%', 'not JSON', 'null', '7', '%7B'])('an actor that reads %j', async (value) => {
      const from = headers();
      from.set(header.actor, value);
      expect((await send(claimConversation.subject, aClaim, from)).err?.code).toBe('UNAUTHENTICATED');
    });

    it('an actor of a kind that does not exist', async () => {
      const from = headers();
      from.set(header.actor, encodeURIComponent('{"kind":"root"}'));
      expect((await send(claimConversation.subject, aClaim, from)).err?.code).toBe('FORBIDDEN');
    });

    it('the wrong kind of caller, whatever the body', async () => {
      expect((await send(claimConversation.subject, aClaim, toHeaders(aChannel()))).err?.code).toBe('FORBIDDEN');
      expect((await send(claimConversation.subject, '{}', toHeaders(aChannel()))).err?.code).toBe('FORBIDDEN');
    });

    it.each<Role>(['agent', 'supervisor'])('an agent of role %s where an admin is asked for', async (role) => {
      expect((await send(createTeam.subject, aTeam, toHeaders(anAgent(role)))).err?.code).toBe('FORBIDDEN');
    });

    it.each([
      ['a missing field', '{"conversationId":"c1"}', 'commandId'],
      ['no body', 'null', 'conversationId'],
      ['an unknown field', '{"conversationId":"c1","commandId":"command-1","role":"admin"}', 'role'],
      ['an operator for a field', '{"conversationId":{"$ne":null},"commandId":"command-1"}', 'conversationId'],
      ['a prototype of its own', '{"conversationId":"c1","commandId":"command-1","__proto__":{"role":"admin"}}', '__proto__'],
      ['an array', '[]', ''],
    ])('%s, naming it', async (_, body, path) => {
      const { err } = await send(claimConversation.subject, body, toHeaders(anAgent()));
      expect(err).toMatchObject({ code: 'VALIDATION_FAILED' });
      expect(err?.errors?.map((error) => error.path)).toContain(path);
    });

    it('a field inside another, by its path', async () => {
      const body = { channelId: 'web', externalId: '1', externalMessageId: '1', customer: { id: 'c1', name: 7 }, text: 'hi', startsIn: 'bot', teamId: null };
      const { err } = await send(receiveMessage.subject, JSON.stringify(body), toHeaders(aChannel()));
      expect(err?.errors?.[0]?.path).toBe('customer.name');
    });
  });

  describe('unvalidatedSubjects', () => {
    it('finds nothing where all is declared with @Handles', async () => {
      await expect(unvalidatedSubjects(app, app.get(NATS_CONNECTION))).resolves.toEqual([]);
      expect(handled).toEqual([]);
    });

    it('names a handler that forgot', async () => {
      const forgetful = await start([Probe, Forgetful]);
      await expect(unvalidatedSubjects(forgetful, app.get(NATS_CONNECTION))).resolves.toEqual(['Forgetful.anything handles ["rpc.conversations.forgotten.v1"] without @Handles']);
      await forgetful.close();
    });

    it('names a request that is answered whatever its body', async () => {
      const hasty = await start([Hasty]);
      await expect(unvalidatedSubjects(hasty, app.get(NATS_CONNECTION))).resolves.toContain('rpc.conversations.list-tags.v1 answers the invalid body [] with success');
      await hasty.close();
    });
  });
});
