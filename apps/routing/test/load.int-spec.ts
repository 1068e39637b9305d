import { type ConversationEvent, conversationsEvents, createAgent, createWorkspace, eventSubject, listAgents, type SystemActor } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { eventually, type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';

const patienceMs = 60_000;

let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas({ service: 'routing', compose });
});

afterAll(() => replicas?.stop());

async function aWorkspace(): Promise<{ inside: SystemActor; workspaceId: string; ana: string; luis: string }> {
  const system: SystemActor = { kind: 'system', id: 'test' };
  const { id: workspaceId } = await replicas.ask(createWorkspace, { commandId: newId(), name: 'Sur' }, system);
  const inside = { ...system, workspaceId };
  const hire = async (name: string): Promise<string> =>
    (await replicas.ask(createAgent, { commandId: newId(), name, email: `${newId()}@sur.example`, password: 'correcto caballo', role: 'agent' }, inside)).id;
  return { inside, workspaceId, ana: await hire('Ana'), luis: await hire('Luis') };
}

/** An entry as conversations tell of it, as far as routing reads. */
function happens(workspaceId: string, conversationId: string, seq: number, type: string, [from, to]: readonly [string | null, string | null]): void {
  const audience = (assigneeId: string | null) => ({ teamId: null, assigneeId });
  const event = {
    noun: 'conversation',
    workspaceId,
    entry: { conversationId, seq, type },
    conversation: { id: conversationId, status: type === 'closed' ? 'closed' : 'active' },
    before: audience(from),
    after: audience(to),
  } as unknown as ConversationEvent;
  replicas.nats.publish(eventSubject(conversationsEvents, { workspaceId, aggregateId: conversationId, fact: type }), JSON.stringify(event));
}

async function loads(inside: SystemActor): Promise<Record<string, number>> {
  const { items } = await replicas.ask(listAgents, {}, inside);
  return Object.fromEntries(items.map(({ name, activeCount }) => [name, activeCount]));
}

const becomes = (inside: SystemActor, Ana: number, Luis: number): Promise<void> => eventually(async () => expect(await loads(inside)).toEqual({ Ana, Luis }), patienceMs);

it('is the active conversations that are theirs', async () => {
  const { inside, workspaceId, ana, luis } = await aWorkspace();
  const [one, two] = [newId(), newId()];
  happens(workspaceId, one, 3, 'assigned', [null, ana]);
  happens(workspaceId, two, 3, 'assigned', [null, ana]);
  await becomes(inside, 2, 0);
  happens(workspaceId, one, 4, 'transferred', [ana, luis]);
  await becomes(inside, 1, 1);
  happens(workspaceId, two, 4, 'closed', [ana, ana]);
  await becomes(inside, 0, 1);
  happens(workspaceId, two, 5, 'close-undone', [ana, ana]);
  happens(workspaceId, one, 5, 'released', [luis, null]);
  await becomes(inside, 1, 0);
});

it('counts each once, in whatever order and however often it is told', async () => {
  const { inside, workspaceId, ana, luis } = await aWorkspace();
  const conversations = Array.from({ length: 30 }, () => newId());
  const last = newId();
  for (const id of conversations) {
    const events = [
      () => happens(workspaceId, id, 3, 'assigned', [null, ana]),
      () => happens(workspaceId, id, 4, 'transferred', [ana, luis]),
      () => happens(workspaceId, id, 5, 'closed', [luis, luis]),
    ];
    for (const tell of [...events.toReversed(), ...events, events[0]!]) tell();
  }
  happens(workspaceId, last, 3, 'assigned', [null, ana]);
  await becomes(inside, 1, 0);
  await eventually(async () => {
    const consumer = await replicas.nats.request('$JS.API.CONSUMER.INFO.INTERNAL.routing-internal');
    const { num_pending, num_ack_pending } = consumer.json<{ num_pending: number; num_ack_pending: number }>();
    expect([num_pending, num_ack_pending]).toEqual([0, 0]);
  }, patienceMs);
  expect(await loads(inside)).toEqual({ Ana: 1, Luis: 0 });
});
