import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { AgentView } from '@relevo/contracts';
import { connectionOptions } from '@relevo/messaging';
import { type LiveClient, placeOf } from './support/live-client.js';
import { System } from './support/system.js';
import { everyone, inTeam, Workspace } from './support/workspace.js';

/** Small, so that a test may pass it. */
const maxMissed = 100;

let system: System;
let nats: NatsConnection;
let manager: JetStreamManager;

beforeAll(async () => {
  system = await System.start(2, { RESUME_MAX_EVENTS: String(maxMissed), RECENT_EVENTS: '150' });
  nats = await connect(connectionOptions('test', { NATS_URL: system.stack.nats.url, OUTAGE_MS: 15_000 }));
  manager = await jetstreamManager(nats);
});

afterAll(async () => {
  await nats?.close();
  await system?.stop();
});

describe('a client that must reload', () => {
  async function refused(agent: AgentView, cursor: unknown, reason: string, replica = 1): Promise<LiveClient> {
    const client = await system.connect(agent, { cursor, replica });
    expect(await client.hear('resync_required')).toEqual({ reason });
    expect(client.heard.map(({ name }) => name)).toEqual(['ready', 'resync_required']);
    expect(client.heard[0]!.payload).toMatchObject({ resumed: false, cursor: expect.any(String) as string });
    return client;
  }

  it('has a cursor that is none, of another epoch, or of what has not been yet', async () => {
    const workspace = new Workspace(system);
    const ana = workspace.hire('ana');
    const { cursor } = await system.connect(ana);
    const [epoch, seq] = cursor.split('.');
    for (const malformed of ['', 'x', 7, true, {}, `${cursor}.1`, `${epoch}.-1`]) await refused(ana, malformed, 'cursor-malformed');
    await refused(ana, `zz.${seq}`, 'epoch-changed');
    const client = await refused(ana, `${epoch}.${Number(seq) + 1000}`, 'cursor-ahead');
    const { conversationId } = await workspace.events.entry(null, everyone);
    await workspace.settle(client);
    expect(client.heard.map(({ name, payload }) => [name, payload.conversationId]).slice(2)).toEqual([['timeline.entry', conversationId], ['tag.updated', undefined]]);
  });

  it('is too far behind, counting what happened in its own workspace, seen by it or not', async () => {
    const workspace = new Workspace(system);
    const ana = workspace.hire('ana');
    const start = await system.connect(ana);
    const { cursor } = start;
    const others = new Workspace(system).events;
    for (let count = 0; count < maxMissed; count++) {
      await others.tag();
      await workspace.events.entry(null, inTeam('soporte'));
    }
    expect(await (await system.connect(ana, { cursor, replica: 1 })).hear('ready')).toMatchObject({ resumed: true });
    await workspace.settle(start);
    for (const replica of [0, 1]) await refused(ana, cursor, 'too-far-behind', replica);
    await system.restart(1);
    await refused(ana, cursor, 'too-far-behind');
  });

  it('has a cursor older than all that the stream has', async () => {
    const workspace = new Workspace(system);
    const ana = workspace.hire('ana');
    const start = await system.connect(ana);
    const { cursor } = start;
    await workspace.settle(start);
    const later = start.cursor;
    await workspace.settle(start);
    await workspace.events.tag();
    await manager.streams.purge('INTERNAL', { seq: placeOf(later) + 1 });
    await refused(ana, cursor, 'cursor-too-old');
    expect(await (await system.connect(ana, { cursor: later, replica: 1 })).hear('ready')).toMatchObject({ resumed: true });
  });

  it('is of an agent whose teams or role changed since, even if they changed back, or nobody was told yet', async () => {
    const workspace = new Workspace(system);
    const ana = workspace.hire('ana', { teamIds: ['ventas'] });
    await system.services.change(ana, {});
    const { cursor } = await system.connect(ana);
    const witness = await system.connect(workspace.hire('boss', { role: 'supervisor' }));
    await system.services.change(ana, { status: 'away' });
    await workspace.settle(witness);
    expect(await (await system.connect(ana, { cursor, replica: 1 })).hear('ready')).toMatchObject({ resumed: true });

    system.services.changeInSilence(ana, { role: 'supervisor' });
    for (const replica of [0, 1]) (await refused(ana, cursor, 'sight-changed', replica)).close();
    system.services.changeInSilence(ana, { role: 'agent' });
    await system.services.change(ana, { teamIds: ['soporte'] });
    const client = await refused(ana, cursor, 'sight-changed');
    const { conversationId } = await workspace.events.entry(null, inTeam('soporte'));
    await workspace.events.entry(null, inTeam('ventas'));
    await workspace.settle(client);
    expect(client.heard.slice(2).map(({ payload }) => payload.conversationId)).toEqual([conversationId, undefined]);
    await system.services.change(ana, { teamIds: ['ventas'] });
    await workspace.settle(witness);
    for (const replica of [0, 1]) (await refused(ana, cursor, 'sight-changed', replica)).close();
  });

  it('may be of an agent of whom the stream knows nothing, at the next news of them', async () => {
    const workspace = new Workspace(system);
    const ana = workspace.hire('ana');
    const first = await system.connect(ana);
    const again = await system.connect(ana, { cursor: first.cursor, replica: 1 });
    for (const status of ['away', 'online'] as const) await system.services.change(ana, { status });
    await workspace.settle(first, again);
    expect(first.heard.map(({ name }) => name)).toEqual(['ready', 'agent.updated', 'agent.updated', 'tag.updated']);
    expect(again.heard.map(({ name }) => name)).toEqual(['ready', 'agent.updated', 'resync_required', 'agent.updated', 'tag.updated']);
  });
});
