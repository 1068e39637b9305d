import { claimConversation, closeConversation, getTimeline, openConversation, receiveMessage, transferConversation } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { anAgent } from './a-conversation.js';
import { aMessage, channel } from './a-message.js';
import { Beside } from './beside.js';

const ana = anAgent('ana', { teamIds: ['ventas'] });
const beto = anAgent('beto');
const boss = anAgent('boss', { role: 'supervisor' });
const beside = new Beside();

let replicas: Replicas;

beforeAll(async () => {
  beside.channel('api', { teamId: 'ventas' });
  replicas = await startReplicas({ service: 'conversations', compose, beside: [beside.compose] });
});

afterAll(() => replicas?.stop());

let count = 0;
function aCustomer(more: Parameters<Beside['customer']>[3] = {}): { customerId: string; externalId: string } {
  const [customerId, externalId] = [`cliente${++count}`, `+54944${count}`];
  beside.customer(customerId, 'api', externalId, more);
  return { customerId, externalId };
}

const open = (customerId: string, agent = ana, commandId = newId()) => replicas.ask(openConversation, { customerId, channelId: 'api', text: 'hola, le escribo por su pedido', commandId }, agent);

describe('an outbound conversation', () => {
  it('is the agent’s from its beginning, and carries their message', async () => {
    const { customerId } = aCustomer();
    const { entry, conversation } = await open(customerId);
    expect(entry).toMatchObject({ seq: 2, type: 'message', actor: { id: 'ana' } });
    expect(conversation).toMatchObject({ direction: 'outbound', tray: 'assigned', assigneeId: 'ana', teamId: 'ventas', customer: { id: customerId } });
    const { conversation: betos } = await open(aCustomer().customerId, beto);
    expect(betos).toMatchObject({ assigneeId: 'beto', teamId: null });
  });

  it('is one, whoever opens it at the same time: the others meet CONFLICT with its id', async () => {
    const { customerId } = aCustomer();
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => open(customerId, index % 2 === 0 ? ana : boss)));
    const opened = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.conversation.id] : []));
    expect(opened).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CONFLICT', details: { conversationId: opened[0] } });
    }
    // The id of what one may not see is not told.
    const stranger = await open(customerId, beto).catch((error: unknown) => error);
    expect(stranger).toMatchObject({ code: 'CONFLICT' });
    expect(JSON.stringify(stranger)).not.toContain(opened[0]);
  });

  it('repeated with its commandId is the same, also once it is closed and the next one is open', async () => {
    const { customerId, externalId } = aCustomer();
    const commandId = newId();
    const answers = await Promise.all(Array.from({ length: 10 }, () => open(customerId, ana, commandId)));
    expect(new Set(answers.map(({ entry }) => JSON.stringify(entry))).size).toBe(1);
    const { conversation, entry } = answers[0]!;
    await replicas.ask(closeConversation, { conversationId: conversation.id, commandId: newId() }, ana);
    const { conversationId } = await replicas.ask(receiveMessage, aMessage(externalId), channel);
    expect(conversationId).not.toBe(conversation.id);
    expect((await open(customerId, ana, commandId)).entry).toEqual(entry);
  });

  it('repeated by somebody who may not see it any more is not told, but for the answer that got lost', async () => {
    const { customerId } = aCustomer();
    const commandId = newId();
    const { conversation, entry } = await open(customerId, ana, commandId);
    expect(await open(customerId, ana, commandId)).toEqual({ entry, conversation });
    beside.team('soporte');
    await replicas.ask(transferConversation, { conversationId: conversation.id, commandId: newId(), teamId: 'soporte', note: 'solo para soporte' }, boss);
    await expect(open(customerId, ana, commandId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('racing the customer’s own first message: one conversation, and the message is in it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { customerId, externalId } = aCustomer();
      const [opened, received] = await Promise.allSettled([open(customerId), replicas.ask(receiveMessage, aMessage(externalId, { teamId: 'ventas' }), channel)]);
      if (received.status === 'rejected') throw received.reason;
      const { conversationId } = received.value;
      if (opened.status === 'fulfilled') expect(opened.value.conversation.id).toBe(conversationId);
      else expect(opened.reason).toMatchObject({ code: 'CONFLICT', details: { conversationId } });
      const { items } = await replicas.ask(getTimeline, { conversationId, limit: 100 }, boss);
      expect(items.filter(({ type }) => type === 'opened')).toHaveLength(1);
      expect(items.filter(({ type, actor }) => type === 'message' && actor.kind === 'customer')).toHaveLength(1);
    }
  });

  it('follows a closed one, which from then on cannot be undone', async () => {
    const { customerId, externalId } = aCustomer();
    const { conversationId } = await replicas.ask(receiveMessage, aMessage(externalId, { teamId: 'ventas' }), channel);
    await replicas.ask(claimConversation, { conversationId, commandId: newId() }, ana);
    await replicas.ask(closeConversation, { conversationId, commandId: newId() }, ana);
    const { conversation } = await open(customerId);
    expect(conversation.id).not.toBe(conversationId);
    const { items } = await replicas.ask(getTimeline, { conversationId, limit: 100 }, boss);
    expect(items.at(-1)).toMatchObject({ type: 'superseded' });
  });

  it('needs a customer who is known on the channel and not blocked', async () => {
    await expect(open('nadie')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { customerId } = aCustomer({ identities: [{ channelId: 'otro', externalId: 'x' }] });
    await expect(open(customerId)).rejects.toMatchObject({ code: 'RULE_VIOLATED', errors: [{ path: 'channelId' }] });
    await expect(open(aCustomer({ blocked: true }).customerId)).rejects.toMatchObject({ code: 'RULE_VIOLATED' });
  });
});
