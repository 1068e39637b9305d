import { randomUUID } from 'node:crypto';
import { type Actor, allRpcs, type AnyRpc, AppError, operations } from '@relevo/contracts';
import { signatureOf } from '@relevo/testing';
import type { Fields } from '../answer.js';
import { bounded } from '../bounded.js';
import { sampleOf } from '../input/targets.js';
import { agents, type Asker, askers } from './askers.js';
import type { World } from './world.js';

/** A conversation on a channel of `norte`, in its bot's hands, with what is in it. */
async function matter(world: World): Promise<{ conversationId: string; customerId: string; externalId: string; attachmentId: string }> {
  const externalId = `visitor:${randomUUID()}`;
  const from = { actor: actorOf('channel', world), correlationId: randomUUID() };
  const { web } = world.north.channels;
  const attachmentId = randomUUID();
  const ask = (subject: string, body: Fields): Promise<object> => world.system.bus.request(rpcOf(subject), body, from);
  const customer = (await ask('rpc.customers.public-identify.v1', { channelId: web.id, externalId })) as { id: string; name: string };
  const message = { channelId: web.id, externalId, externalMessageId: randomUUID(), customer: { id: customer.id, name: customer.name }, text: 'hola', attachments: [{ id: attachmentId, name: 'nota.txt', mediaType: 'text/plain', size: 4 }], startsIn: 'bot', teamId: null };
  const { conversationId } = (await ask('rpc.conversations.public-receive-message.v1', message)) as { conversationId: string };
  world.conversations.north.push({ conversationId, channel: 'general' });
  return { conversationId, customerId: customer.id, externalId, attachmentId };
}

const rpcOf = (subject: string): AnyRpc => allRpcs().find((rpc) => rpc.subject === subject)!;

/** Bodies of what is no operation of agents. */
async function bodyOf(subject: string, world: World): Promise<Fields> {
  const { north } = world;
  const [commandId, channelId] = [randomUUID(), north.channels.web.id];
  const { conversationId, customerId, externalId, attachmentId } = await matter(world);
  const identity = { channelId, externalId };
  const rawBody = JSON.stringify({ externalMessageId: randomUUID(), sender: { externalId: '+346' }, message: { text: 'hola' } });
  const report = JSON.stringify({ externalMessageId: randomUUID(), status: 'delivered' });
  const customer = { id: customerId, name: 'Cliente' };
  const bodies: Readonly<Record<string, Fields>> = {
    'rpc.routing.create-workspace.v1': { commandId, name: 'Este' },
    'rpc.routing.verify-password.v1': { email: north.agents.admin.email, password: north.agents.admin.password },
    'rpc.routing.change-password.v1': { agentId: north.agents.receiver.id, currentPassword: north.agents.receiver.password, newPassword: 'another-only-for-tests', credentialId: randomUUID() },
    'rpc.routing.find-agent.v1': { email: north.agents.admin.email },
    'rpc.routing.renew-gateway.v1': { gatewayId: randomUUID(), begins: true },
    'rpc.routing.forget-gateway.v1': { gatewayId: randomUUID() },
    'rpc.routing.report-presence.v1': { gatewayId: randomUUID(), seq: 1, agents: [] },
    'rpc.routing.get-agent.v1': { agentId: north.agents.admin.id },
    'rpc.routing.get-team.v1': { teamId: north.teams.ventas },
    'rpc.routing.public-check-team.v1': { teamId: north.teams.ventas },
    'rpc.conversations.public-active.v1': identity,
    'rpc.conversations.public-history.v1': identity,
    'rpc.conversations.public-typing.v1': identity,
    'rpc.conversations.public-check-attachment.v1': { ...identity, attachmentId },
    'rpc.conversations.find-attachments.v1': { attachmentIds: [attachmentId] },
    'rpc.conversations.start-typing.v1': { conversationId },
    'rpc.conversations.stop-typing.v1': { conversationId },
    'rpc.conversations.public-receive-message.v1': { ...identity, externalMessageId: randomUUID(), customer, text: 'otra', startsIn: 'bot', teamId: null },
    'rpc.conversations.public-hand-over.v1': { conversationId, commandId, teamId: null },
    'rpc.conversations.count.v1': { keys: ['all', 'queue:-', `agent:${north.agents.admin.id}`] },
    'rpc.conversations.close-inactive.v1': { limit: 1 },
    'rpc.conversations.check-team-use.v1': { teamId: north.teams.ventas },
    'rpc.conversations.held.v1': { agentId: north.agents.assignee.id, conversationIds: [conversationId] },
    'rpc.channels.get.v1': { channelId },
    'rpc.channels.receive-webhook.v1': { channelId: north.channels.general.id, rawBody, signature: signatureOf(rawBody, north.channels.general.secret) },
    'rpc.channels.open-webhook.v1': { channelId: north.channels.general.id, rawBody, signature: signatureOf(rawBody, north.channels.general.secret) },
    'rpc.channels.check-signature.v1': { channelId: north.channels.general.id, rawBody, signature: signatureOf(rawBody, north.channels.general.secret) },
    'rpc.channels.receive-opened.v1': { channelId: north.channels.general.id, externalMessageId: randomUUID(), sender: { externalId: '+346' }, text: 'hola', attachments: [] },
    'rpc.channels.receive-status.v1': { channelId: north.channels.general.id, rawBody: report, signature: signatureOf(report, north.channels.general.secret) },
    'rpc.channels.public-open-visit.v1': { channelId, foreignOrigin: null },
    'rpc.channels.public-receive-visitor-message.v1': { ...identity, commandId, text: 'hola' },
    'rpc.channels.public-check-origin.v1': { origin: 'https://shop.example.com' },
    'rpc.customers.public-identify.v1': identity,
    'rpc.customers.public-check-sender.v1': identity,
    'rpc.customers.read.v1': { customerId },
    'rpc.customers.search.v1': { q: externalId },
    'rpc.customers.resume-merges.v1': { limit: 1 },
    'rpc.gateway.remove-unused-files.v1': { limit: 1 },
    'rpc.gateway.public-prepare-voice.v1': { attachmentIds: [attachmentId] },
  };
  if (subject.endsWith('.verify-projections.v1')) return { limit: 1 };
  if (subject === 'rpc.conversations.public-record-delivery.v1') return { conversationId, status: 'sent', ofSeq: await reply(world, conversationId) };
  const body = bodies[subject];
  if (!body) throw new Error(`${subject} needs a good body here`);
  return body;
}

/** Seq of an agent's message. */
async function reply(world: World, conversationId: string): Promise<number> {
  const { entry } = (await world.must('admin', 'POST /conversations/:conversationId/messages', { conversationId, text: 'sí' })) as { entry: { seq: number } };
  return entry.seq;
}

function actorOf(asker: Asker, world: World, workspace: 'north' | 'south' = 'north'): Actor {
  const { north, south } = world;
  const { id: workspaceId } = world[workspace];
  switch (asker) {
    case 'agent':
    case 'supervisor':
    case 'admin': {
      const { id, name } = workspace === 'south' ? south.agents.admin : north.agents[asker === 'agent' ? 'colleague' : asker];
      return { kind: 'agent', workspaceId, id, name, role: asker, teamIds: [world[workspace].teams.ventas] };
    }
    case 'channel':
      return { kind: 'channel', workspaceId, id: world[workspace].channels.web.id };
    case 'bot':
      return { kind: 'bot', workspaceId, id: 'formulario', name: 'Formulario' };
    case 'system':
      return { kind: 'system', workspaceId, id: 'prueba' };
  }
}

async function ask(world: World, rpc: AnyRpc, body: Fields, actor: Actor): Promise<{ code: string; text: string }> {
  try {
    return { code: 'ok', text: JSON.stringify(await world.system.bus.request(rpc, body, { actor, correlationId: randomUUID() }, 20_000)) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, text: JSON.stringify(error.toBody()) };
  }
}

const everybody: readonly Asker[] = [...agents, 'channel', 'bot', 'system'];

/** These mean that the asker was not let in, or that the test asked wrongly; anything else is an answer to them. */
const notLetIn = ['FORBIDDEN', 'UNAUTHENTICATED', 'VALIDATION_FAILED', 'INTERNAL', 'TIMEOUT', 'UNAVAILABLE'];

/** One readable line for each answer that is not what the rules say. */
export async function wronglyAsked(world: World, rpc: AnyRpc): Promise<string[]> {
  const { subject } = rpc;
  const [who = [], abroad] = askers[subject]!;
  const operation = operations.find((each) => each.rpc === rpc);
  const body = async (): Promise<Fields> => (operation ? (await sampleOf(world, operation)).fields : bodyOf(subject, world));
  const lines = await bounded(everybody, async (asker) => {
    const found: string[] = [];
    const note = (expected: string, got: string): void => void found.push(`${asker} | expected ${expected} | got ${got}`);
    const fields = await body();
    const admitted = who.includes(asker);
    const foreign = await ask(world, rpc, fields, actorOf(asker, world, 'south'));
    const expected = !admitted ? 'FORBIDDEN' : abroad === 'own' || abroad === 'all' ? 'ok' : abroad;
    if (foreign.code !== expected) note(`${expected} in another workspace`, foreign.text);
    const own = ids(world).filter((id) => !JSON.stringify(fields).includes(id) && foreign.text.includes(id));
    if (abroad !== 'all' && own.length > 0) note('nothing of another workspace', foreign.text);
    if (asker === 'channel' && 'conversationId' in fields) {
      // Of the same name, but not the same channel.
      const namesake = await ask(world, rpc, fields, { kind: 'channel', workspaceId: world.south.id, id: world.north.channels.web.id });
      if (namesake.code !== (admitted ? 'NOT_FOUND' : 'FORBIDDEN')) note('nothing there for its namesake', namesake.text);
    }
    const { code, text } = await ask(world, rpc, abroad === 'all' ? await body() : fields, actorOf(asker, world));
    if (admitted ? notLetIn.includes(code) : code !== 'FORBIDDEN') note(admitted ? 'to be let in' : 'FORBIDDEN', text);
    return found;
  });
  return lines.flat();
}

/** Of what `norte` has. */
const ids = ({ north, conversations }: World): string[] => [
  north.id,
  ...Object.values(north.teams),
  ...Object.values(north.agents).map(({ id }) => id),
  ...Object.values(north.channels).map(({ id }) => id),
  ...conversations.north.map(({ conversationId }) => conversationId),
];
