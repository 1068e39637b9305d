import { randomUUID } from 'node:crypto';
import type { Fields } from '../answer.js';
import { type CallerName, isMember, type World } from './world.js';

/** What an operation should come to: an entry made, nothing to do, an answer, or an error's code. */
export type Expected = string;

/** Something made ready to be asked about. */
export interface Prepared {
  /** What names it in the body; empty for what concerns the workspace. */
  readonly ids: Fields;
  /** The same of what does not exist. */
  readonly unknown?: Fields;
  /** Whatever is asked must not have changed it if it was refused. */
  readonly fingerprint?: () => Promise<unknown>;
  /** Takes note of what a success made. */
  readonly made?: (answer: Fields) => void;
}

/** One row's subject: how to have it, and what its rule says of each caller. */
export interface Subject {
  readonly name: string;
  prepare(world: World): Promise<Prepared>;
  expects(caller: CallerName): Expected;
}

export const states = ['queued', 'assigned', 'closed'] as const;
export type State = (typeof states)[number];

/** What a conversation of one state answers to those who see it, the same for all or by who they are in it. */
export type ByStanding = Expected | { readonly assignee?: Expected; readonly agent: Expected; readonly supervisor: Expected };

export type ConversationRule = Readonly<Record<State, ByStanding>>;

const seesTeam: readonly CallerName[] = ['colleague', 'assignee', 'supervisor', 'admin'];

/** Product rule "Sight", for a conversation of team `ventas` or of none. */
export const sees = (caller: CallerName, ofTeam: boolean): boolean => isMember(caller) && (!ofTeam || seesTeam.includes(caller));

export const unauthenticated = (caller: CallerName): boolean => caller === 'nobody' || caller === 'revoked' || caller === 'expired';

function outcomeFor(rule: ByStanding, caller: CallerName): Expected {
  if (typeof rule === 'string') return rule;
  if (caller === 'supervisor' || caller === 'admin') return rule.supervisor;
  return caller === 'assignee' ? (rule.assignee ?? rule.agent) : rule.agent;
}

async function conversationIn(world: World, state: State, ofTeam: boolean): Promise<Prepared> {
  const conversationId = await world.opened(ofTeam ? 'ventas' : 'general');
  if (state !== 'queued') await world.must('assignee', 'POST /conversations/:conversationId/claim', { conversationId });
  if (state === 'closed') await world.must('assignee', 'POST /conversations/:conversationId/close', { conversationId });
  return {
    ids: { conversationId },
    unknown: { conversationId: randomUUID() },
    fingerprint: () => world.must('admin', 'GET /conversations/:conversationId', { conversationId }),
  };
}

type Dress = (world: World, plain: Prepared) => Promise<Prepared>;

/** A conversation in each state, of a team and of none; dressed in whatever else it needs. */
export const conversation = (rule: ConversationRule, dress: Dress = (_, plain) => Promise.resolve(plain)): Subject[] =>
  states.flatMap((state) =>
    [true, false].map((ofTeam) => ({
      name: `${state}, of ${ofTeam ? 'a' : 'no'} team`,
      prepare: async (world: World) => dress(world, await conversationIn(world, state, ofTeam)),
      expects: (caller: CallerName) => {
        if (unauthenticated(caller)) return 'UNAUTHENTICATED';
        return sees(caller, ofTeam) ? outcomeFor(rule[state], caller) : 'NOT_FOUND';
      },
    })),
  );

/** A conversation that is answered alike to all, seen or not. */
export const anyConversation: Subject[] = [
  {
    name: 'of a team',
    prepare: (world) => conversationIn(world, 'queued', true),
    expects: (caller) => (unauthenticated(caller) ? 'UNAUTHENTICATED' : 'ok'),
  },
];

const alsoNaming = (plain: Prepared, more: Fields): Prepared => ({ ...plain, ids: { ...plain.ids, ...more }, unknown: { ...plain.unknown, ...more } });

export const withReceiver: Dress = ({ north }, plain) => Promise.resolve(alsoNaming(plain, { agentId: north.agents.receiver.id }));

export const withTag: Dress = ({ tagId }, plain) => Promise.resolve(alsoNaming(plain, { tagId }));

export const tagged: Dress = async (world, plain) => {
  const prepared = await withTag(world, plain);
  await world.must('admin', 'PUT /conversations/:conversationId/tags/:tagId', prepared.ids);
  return prepared;
};

/** A customer whose conversation is over, to be written to. */
export const formerCustomer: Subject[] = [
  {
    name: 'whose conversation is over',
    prepare: async (world) => {
      const { ids } = await conversationIn(world, 'closed', false);
      const { customer, channelId } = (await world.must('admin', 'GET /conversations/:conversationId', ids)) as { customer: { id: string }; channelId: string };
      return {
        ids: { customerId: customer.id, channelId },
        unknown: { customerId: randomUUID(), channelId },
        made: ({ conversation }) => void world.conversations.north.push({ conversationId: (conversation as { id: string }).id, channel: 'general' }),
      };
    },
    expects: (caller) => (unauthenticated(caller) ? 'UNAUTHENTICATED' : isMember(caller) ? 'made' : 'NOT_FOUND'),
  },
];

async function newCustomer(world: World): Promise<string> {
  const conversationId = await world.opened('ventas');
  const { customer } = (await world.must('admin', 'GET /conversations/:conversationId', { conversationId })) as { customer: { id: string } };
  return customer.id;
}

/** A customer is seen by all of the workspace, and by nobody else; `more` names what else the operation needs of them. */
const ofCustomers = (more: (world: World, customerId: string) => Promise<Fields> = () => Promise.resolve({})): Subject[] => [
  {
    name: 'of the workspace',
    prepare: async (world) => {
      const customerId = await newCustomer(world);
      const others = await more(world, customerId);
      return { ids: { customerId, ...others }, unknown: { customerId: randomUUID(), ...others } };
    },
    expects: (caller) => (unauthenticated(caller) ? 'UNAUTHENTICATED' : isMember(caller) ? 'ok' : 'NOT_FOUND'),
  },
];

export const customer = ofCustomers();
export const editedCustomer = ofCustomers(async (world, customerId) => {
  await world.must('admin', 'PATCH /customers/:customerId', { customerId, name: 'otro', version: 1 });
  return { seq: 2 };
});
export const twoCustomers = ofCustomers(async (world) => ({ intoId: await newCustomer(world) }));

/** A customer whom supervisors alone may change so. */
export const supervisorsCustomer: Subject[] = [
  {
    name: 'of the workspace',
    prepare: async (world) => ({ ids: { customerId: await newCustomer(world) }, unknown: { customerId: randomUUID() } }),
    expects: (caller) => {
      if (unauthenticated(caller)) return 'UNAUTHENTICATED';
      if (caller === 'supervisor' || caller === 'admin') return 'ok';
      return caller === 'foreignAdmin' ? 'NOT_FOUND' : 'FORBIDDEN';
    },
  },
];

const ofWorkspace = (allowed: (caller: CallerName) => boolean): Subject[] => [
  {
    name: 'one’s own workspace',
    prepare: () => Promise.resolve({ ids: {} }),
    expects: (caller) => (unauthenticated(caller) ? 'UNAUTHENTICATED' : allowed(caller) ? 'ok' : 'FORBIDDEN'),
  },
];

/** A list of one's own workspace. */
export const agentsRead = ofWorkspace(() => true);

/** Something new in one's own workspace: "admins write, agents read". */
export const adminsWrite = ofWorkspace((caller) => caller === 'admin' || caller === 'foreignAdmin');

/** One thing of workspace `norte`, by its id: an admin's to change, and nobody's of elsewhere. */
const adminsChange = (field: string, idIn: (world: World) => string | Promise<string>, anId: () => string = randomUUID): Subject[] => [
  {
    name: 'of the workspace',
    prepare: async (world) => ({ ids: { [field]: await idIn(world) }, unknown: { [field]: anId() } }),
    expects: (caller) => {
      if (unauthenticated(caller)) return 'UNAUTHENTICATED';
      return caller === 'admin' ? 'ok' : caller === 'foreignAdmin' ? 'NOT_FOUND' : 'FORBIDDEN';
    },
  },
];

export const adminsChangeAgents = adminsChange('agentId', ({ north }) => north.agents.receiver.id);
export const adminsChangeTeams = adminsChange('teamId', ({ north }) => north.teams.soporte);
const aKey = (): string => `k_${randomUUID().slice(0, 8)}`;

export const adminsChangeAttributes = adminsChange(
  'key',
  async (world) => String((await world.must('admin', 'POST /attributes', { key: aKey(), label: 'first', type: 'text' })).key),
  aKey,
);
export const adminsChangeTags = adminsChange('tagId', ({ tagId }) => tagId);
export const adminsChangeQuickReplies = adminsChange('quickReplyId', async (world) => {
  const { id } = await world.must('admin', 'POST /quick-replies', { shortcut: `s${randomUUID()}`, text: 'hola' });
  return String(id);
});
