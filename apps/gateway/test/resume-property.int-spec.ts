import { type AgentView, type Audience } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import * as fc from 'fast-check';
import { Events } from './support/events.js';
import { LiveClient, placeOf } from './support/live-client.js';
import { System } from './support/system.js';

let system: System;

beforeAll(async () => {
  // Few enough that some come back too late; and told one by one, so that others come in between.
  system = await System.start(2, { RESUME_MAX_EVENTS: '8', RECENT_EVENTS: '12', REPLAY_BYTES: '1' });
});

afterAll(() => system?.stop());

/** Conversations as they are: who may see each, and its last entry. */
type Truth = Map<string, Audience & { seq: number }>;

const visibleTo = (truth: Truth, { role, id, teamIds }: AgentView): Map<string, number> => {
  const seen = [...truth].filter(([, { teamId, assigneeId }]) => role !== 'agent' || teamId === null || teamIds.includes(teamId) || assigneeId === id);
  return new Map(seen.map(([conversationId, { seq }]) => [conversationId, seq]));
};

/** A frontend that keeps its list from events alone, and reloads it only when it is told to. */
class Frontend {
  client?: LiveClient;
  state = new Map<string, number>();
  /** Cursors that did not grow: something told twice, or out of order. */
  readonly repeated: string[] = [];
  reloads = 0;
  resumptions = 0;
  private cursor?: string;

  constructor(
    readonly agent: AgentView,
    private readonly token: string,
    private readonly truth: Truth,
  ) {}

  connect(replica: number): void {
    this.disconnect();
    const client = LiveClient.open(system.urls[replica]!, { token: this.token, ...(this.cursor !== undefined && { cursor: this.cursor }) });
    this.client = client;
    client.socket.onAny((name: string, payload: Record<string, unknown>) => {
      if (this.client === client) this.hear(name, payload);
    });
  }

  disconnect(): void {
    this.client?.close();
    delete this.client;
  }

  private hear(name: string, payload: Record<string, unknown>): void {
    const cursor = payload.cursor as string | undefined;
    if (name === 'ready') {
      if (payload.resumed === true) this.resumptions++;
      else this.reload();
    } else if (name === 'resync_required') {
      // Also of a replay that was given up halfway, which began with `resumed`.
      this.reload();
    } else if (cursor !== undefined && placeOf(cursor) <= placeOf(this.cursor)) {
      this.repeated.push(`${name} ${cursor} after ${this.cursor}`);
    }
    this.cursor = cursor ?? this.cursor;
    if (name === 'timeline.entry') this.state.set(String(payload.conversationId), Number(payload.seq));
    if (name === 'conversation.removed') this.state.delete(String(payload.conversationId));
  }

  /** May show what is only about to be told: then it is told. */
  private reload(): void {
    this.reloads++;
    this.state = visibleTo(this.truth, this.agent);
  }
}

const who = fc.nat({ max: 3 });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('entry' as const), conversation: fc.nat({ max: 4 }), team: fc.constantFrom(null, 'a', 'b'), assignee: fc.option(who) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const), who, replica: fc.nat({ max: 1 }), awaitReady: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disconnect' as const), who }) },
);

it('however clients come and go while things happen, what they keep from events is what a fresh one would load', async () => {
  let reloads = 0;
  let resumptions = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const workspaceId = newId();
      const events = new Events(system.services, workspaceId);
      const truth: Truth = new Map();
      const agents = [['a'], ['a'], ['b'], ['a', 'b']].map((teamIds, index) => system.services.hire(`agente ${index}`, { teamIds }, workspaceId));
      const frontends = await Promise.all(agents.map(async (agent) => new Frontend(agent, await system.tokenOf(agent), truth)));
      const conversations = Array.from({ length: 5 }, () => newId());
      let seq = 0;
      for (const one of steps) {
        if (one.do === 'disconnect') frontends[one.who]!.disconnect();
        if (one.do === 'connect') {
          frontends[one.who]!.connect(one.replica);
          // Otherwise it comes back while things happen, and may go again before it is ready.
          if (one.awaitReady) await frontends[one.who]!.client!.hear('ready');
        }
        if (one.do === 'entry') {
          const conversationId = conversations[one.conversation]!;
          const before = truth.get(conversationId) ?? null;
          const after = { teamId: one.team, assigneeId: one.assignee === null ? null : agents[one.assignee]!.id };
          truth.set(conversationId, { ...after, seq: ++seq });
          await events.entry(before && { teamId: before.teamId, assigneeId: before.assigneeId }, after, conversationId);
        }
      }
      for (const [index, frontend] of frontends.entries()) if (!frontend.client) frontend.connect(index % 2);
      await Promise.all(frontends.map(({ client }) => client!.hear('ready')));
      const tag = await events.tag();
      await Promise.all(frontends.map(({ client }) => client!.hear('tag.updated', { tag })));
      for (const { agent, state, repeated } of frontends) expect({ state, repeated }).toEqual({ state: visibleTo(truth, agent), repeated: [] });
      for (const frontend of frontends) {
        reloads += frontend.reloads;
        resumptions += frontend.resumptions;
        frontend.disconnect();
      }
    }),
    { seed: 3, numRuns: 25, endOnFailure: true },
  );
  // Else it proves nothing.
  expect(resumptions).toBeGreaterThan(50);
  expect(reloads).toBeGreaterThan(100);
});
