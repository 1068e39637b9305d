import { conversationSorts, type ConversationSort, type ListTray } from '@relevo/contracts';
import { seedWorkspace, startTestSystem, type StoredConversations, type StoredPlace, type TestSystem } from '@relevo/testing';
import { bounded } from '../support/bounded.js';
import { OutsideAgent, postInbound } from '../support/outsider.js';
import { acknowledged, Movement, type MovingConversation } from './movement.js';
import { faultsOf, movedBetween, type Places } from './walk.js';

const perSecond = 50;
/** A prime, so that each of them gets messages of either side and transfers in turn. */
const movingCount = 61;
/** Acknowledged between one page and the next, so that rows move during each walk however slow or fast the machine is. */
const messagesPerPage = 4;

export type Viewer = 'supervisor' | 'agent of two teams';

export interface Walk {
  readonly viewer: Viewer;
  readonly limit: number;
}

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

/** Product rule "Order of a list": paging neither skips nor repeats a row whose key did not change meanwhile. */
export function provePaging({ conversations, walks, withinMs }: { conversations: number; walks: readonly Walk[]; withinMs: number }): void {
  let system: TestSystem;
  let stored: StoredConversations;
  let workspaceId: string;
  let teamIds: readonly string[];
  let moving: readonly MovingConversation[];
  let nextMessage = 0;
  const viewers = new Map<Viewer, { agents: readonly OutsideAgent[]; tray: ListTray; sees: (place: StoredPlace) => boolean }>();

  beforeAll(async () => {
    // A walk of small pages on a busy machine takes longer than a token lives.
    const unlimited = { ACCESS_TOKEN_SECONDS: '86400', SENDS_PER_SECOND: '1000000', SENDS_BURST: '1000000', INBOUND_PER_SECOND: '1000000', INBOUND_BURST: '1000000' };
    system = await startTestSystem({ replicas: { gateway: 2, conversations: 2 }, env: unlimited });
    const seeded = await seedWorkspace(system, {
      teams: ['ventas', 'soporte', 'otra'],
      agents: { jefa: { role: 'supervisor' }, ana: { teams: ['ventas', 'soporte'] } },
      channels: { ventas: { team: 'ventas' }, soporte: { team: 'soporte' }, otra: { team: 'otra' }, general: {} },
    });
    ({ id: workspaceId } = seeded);
    const { ventas, soporte, otra } = seeded.teams;
    teamIds = [ventas, soporte];
    const atBoth = async (agent: (typeof seeded.agents)['ana']): Promise<OutsideAgent[]> => {
      const first = await OutsideAgent.signIn(system.gatewayUrl(1), agent);
      return [first, first.at(system.gatewayUrl(2))];
    };
    viewers.set('supervisor', { agents: await atBoth(seeded.agents.jefa), tray: 'all', sees: () => true });
    viewers.set('agent of two teams', { agents: await atBoth(seeded.agents.ana), tray: 'unassigned', sees: ({ tray, teamId }) => tray === 'unassigned' && teamId !== otra });

    const [supervisor] = viewers.get('supervisor')!.agents;
    const channels = Object.values(seeded.channels);
    moving = await bounded(Array.from({ length: movingCount }, (_, index) => index), async (index) => {
      const [channel, externalId] = [channels[index % channels.length]!, `+549${index}`];
      const { body } = await postInbound(system.gatewayUrl(), channel, externalId, 'hola');
      if (index % 3 === 0) await supervisor!.call('POST', `/conversations/${body.conversationId}/claim`);
      if (index % 6 === 0) await supervisor!.call('POST', `/conversations/${body.conversationId}/messages`, { text: 'dígame' });
      return { id: body.conversationId, channel, externalId };
    });
    stored = await system.storedConversations();
    await stored.fillUp(workspaceId, conversations);
  });

  afterAll(async () => {
    await stored?.close();
    await system?.stop();
  });

  async function walk({ viewer, limit }: Walk, sort: ConversationSort, movement: Movement): Promise<string[]> {
    const { agents, tray } = viewers.get(viewer)!;
    const walked: string[] = [];
    let cursor: string | null | undefined;
    for (let page = 0; cursor !== null; page += 1) {
      const from: string = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { items, nextCursor } = await acknowledged(() => agents[page % 2]!.call<Page>('GET', `/conversations?tray=${tray}&sort=${sort}&limit=${limit}${from}`));
      walked.push(...items.map(({ id }) => id));
      cursor = nextCursor;
      await movement.further(messagesPerPage);
    }
    return walked;
  }

  const placesOf = (all: readonly StoredPlace[], viewer: Viewer, sort: ConversationSort): Places =>
    new Map(all.filter(viewers.get(viewer)!.sees).map(({ _id, orders, tray, teamId }) => [_id, [orders[sort], tray, teamId].join(' ')]));

  it.each(walks)(`paging through ${conversations} conversations while ${perSecond} messages a second reorder them, $limit at a time as $viewer: no row whose key stayed is missing or twice, in any order`, async ({ viewer, limit }) => {
    const before = await stored.places(workspaceId);
    expect(before).toHaveLength(conversations);
    const movement = new Movement(system, viewers.get('supervisor')!.agents[0]!, moving, teamIds, perSecond, nextMessage);
    const walked = await Promise.all(conversationSorts.map(async (sort) => [sort, await walk({ viewer, limit }, sort, movement)] as const)).finally(async () => {
      nextMessage = await movement.stop();
    });
    const after = await stored.places(workspaceId);

    for (const [sort, ids] of walked) {
      const [was, is] = [placesOf(before, viewer, sort), placesOf(after, viewer, sort)];
      expect({ sort, faults: faultsOf(was, is, ids) }).toEqual({ sort, faults: [] });
      // Else it proves little.
      expect(was.size).toBeGreaterThan(conversations / 4);
      expect(movedBetween(was, is)).toBeGreaterThan(movingCount / 8);
    }
  }, withinMs);
}
