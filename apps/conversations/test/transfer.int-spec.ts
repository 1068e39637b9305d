import {
  claimConversation,
  closeConversation,
  type Entry,
  type EntryData,
  getConversation,
  getTimeline,
  type ReceivedMessage,
  receiveMessage,
  sendMessage,
  transferConversation,
  undoConversation,
} from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { anAgent } from './a-conversation.js';
import { aMessage, channel } from './a-message.js';
import { Beside } from './beside.js';

const ana = anAgent('ana', { teamIds: ['ventas'] });
const boss = anAgent('boss', { role: 'supervisor' });
const beside = new Beside();

let replicas: Replicas;

beforeAll(async () => {
  beside.agent('ana', { teamIds: ['ventas'] });
  for (let index = 0; index < 10; index += 1) beside.agent(`agent${index}`, { teamIds: index % 2 === 0 ? ['ventas'] : [] });
  beside.agent('dormida', { status: 'offline' });
  beside.team('ventas');
  beside.team('soporte');
  beside.team('vieja', { archived: true });
  replicas = await startReplicas({ service: 'conversations', compose, beside: [beside.compose] });
});

afterAll(() => replicas?.stop());

let customers = 0;
const receive = (teamId: string | null = 'ventas'): Promise<ReceivedMessage> => replicas.ask(receiveMessage, aMessage(`+54922${++customers}`, { teamId }), channel);

/** A conversation of Ana's. */
async function withAna(): Promise<string> {
  const { conversationId } = await receive();
  await replicas.ask(claimConversation, { conversationId, commandId: newId() }, ana);
  return conversationId;
}

const timelineOf = async (conversationId: string): Promise<Entry[]> => (await replicas.ask(getTimeline, { conversationId, limit: 100 }, boss)).items;

const codes = (results: readonly PromiseSettledResult<unknown>[]): string[] =>
  results.map((result) => (result.status === 'fulfilled' ? 'ok' : (result.reason as { code: string }).code)).sort();

describe('transfer', () => {
  it('raced by its assignee to ten agents over two replicas has one receiver; the others come too late', async () => {
    const conversationId = await withAna();
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => replicas.ask(transferConversation, { conversationId, commandId: newId(), agentId: `agent${index}`, note: 'para vos' }, ana)),
    );
    const refusals = codes(results).filter((code) => code !== 'ok');
    expect(refusals).toHaveLength(9);
    // Whoever lost it to an agent outside her teams sees it no more.
    for (const code of refusals) expect(['NOT_ASSIGNEE', 'NOT_FOUND']).toContain(code);
    const transfers = (await timelineOf(conversationId)).filter(({ type }) => type === 'transferred');
    expect(transfers).toHaveLength(1);
    const { to } = transfers[0]!.data as EntryData['transferred'];
    const { assigneeId, teamId } = await replicas.ask(getConversation, { conversationId }, boss);
    expect({ assigneeId, teamId }).toEqual(to);
  });

  it('is one fact with the hands it came from, whoever else transfers at the same time', async () => {
    const conversationId = await withAna();
    await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        replicas.ask(transferConversation, { conversationId, commandId: newId(), ...(index % 3 === 0 ? { teamId: 'soporte' } : { agentId: `agent${index % 10}` }) }, boss),
      ),
    );
    let hands = { teamId: 'ventas' as string | null, assigneeId: 'ana' as string | null };
    const transfers = (await timelineOf(conversationId)).filter(({ type }) => type === 'transferred').map(({ data }) => data as EntryData['transferred']);
    expect(transfers.length).toBeGreaterThan(1);
    for (const { from, to } of transfers) {
      expect(from).toEqual(hands);
      hands = to;
    }
    expect(await replicas.ask(getConversation, { conversationId }, boss)).toMatchObject(hands);
  });

  it('repeated with its commandId answers the first entry, even when the target would be refused now', async () => {
    const conversationId = await withAna();
    const command = { conversationId, commandId: newId(), agentId: 'agent0' };
    const first = await replicas.ask(transferConversation, command, ana);
    beside.agent('agent0', { status: 'offline', teamIds: ['ventas'] });
    const again = await replicas.ask(transferConversation, command, ana);
    beside.agent('agent0', { teamIds: ['ventas'] });
    expect(again.entry).toEqual(first.entry);
    await expect(replicas.ask(transferConversation, { ...command, agentId: 'agent2' }, ana)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('refuses what its target does not allow, naming it', async () => {
    const conversationId = await withAna();
    const attempt = (more: object) => replicas.ask(transferConversation, { conversationId, commandId: newId(), ...more }, ana);
    await expect(attempt({})).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'agentId' }] });
    await expect(attempt({ agentId: 'agent0', teamId: 'soporte' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'teamId' }] });
    await expect(attempt({ agentId: 'dormida' })).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE', details: { status: 'offline' } });
    await expect(attempt({ agentId: 'ana' })).rejects.toMatchObject({ code: 'RULE_VIOLATED' });
    await expect(attempt({ teamId: 'vieja' })).rejects.toMatchObject({ code: 'RULE_VIOLATED' });
    await expect(attempt({ agentId: 'nadie' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(attempt({ teamId: 'ninguno' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(attempt({ agentId: 'dormida', force: true })).resolves.toMatchObject({ conversation: { assigneeId: 'dormida', teamId: null } });
  });
});

describe('undo', () => {
  it('brings a transfer back to a sender who lost sight of it, once', async () => {
    const conversationId = await withAna();
    const { conversation } = await replicas.ask(transferConversation, { conversationId, commandId: newId(), teamId: 'soporte' }, ana);
    expect(conversation.undoUntil).not.toBeNull();
    await expect(replicas.ask(getConversation, { conversationId }, ana)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const attempts = await Promise.allSettled(Array.from({ length: 6 }, () => replicas.ask(undoConversation, { conversationId, commandId: newId() }, ana)));
    expect(codes(attempts)).toEqual(['RULE_VIOLATED', 'RULE_VIOLATED', 'RULE_VIOLATED', 'RULE_VIOLATED', 'RULE_VIOLATED', 'ok']);
    expect(await replicas.ask(getConversation, { conversationId }, ana)).toMatchObject({ assigneeId: 'ana', teamId: 'ventas', undoUntil: null });
  });

  it('racing a claim of the receiver: one of both, never two assignees', async () => {
    const beto = anAgent('beto', { teamIds: ['soporte'] });
    for (let round = 0; round < 10; round += 1) {
      const conversationId = await withAna();
      await replicas.ask(transferConversation, { conversationId, commandId: newId(), teamId: 'soporte' }, ana);
      const [undone, claimed] = await Promise.allSettled([
        replicas.ask(undoConversation, { conversationId, commandId: newId() }, ana),
        replicas.ask(claimConversation, { conversationId, commandId: newId() }, beto),
      ]);
      expect([undone.status, claimed.status].filter((status) => status === 'fulfilled')).toHaveLength(1);
      const { assigneeId } = await replicas.ask(getConversation, { conversationId }, boss);
      expect(assigneeId).toBe(undone.status === 'fulfilled' ? 'ana' : 'beto');
    }
  });

  it('of a close, racing the customer’s next message: at most one active conversation for each identity, and the message is in it', async () => {
    for (let round = 0; round < 30; round += 1) {
      const who = `+54944${++customers}`;
      const { conversationId } = await replicas.ask(receiveMessage, aMessage(who, { teamId: 'ventas' }), channel);
      await replicas.ask(claimConversation, { conversationId, commandId: newId() }, ana);
      await replicas.ask(closeConversation, { conversationId, commandId: newId() }, ana);
      const [undone, received] = await Promise.allSettled([
        replicas.ask(undoConversation, { conversationId, commandId: newId() }, ana),
        replicas.ask(receiveMessage, aMessage(who, { teamId: 'ventas' }), channel),
      ]);
      if (received.status === 'rejected') throw received.reason;
      expect(received.value.conversationId === conversationId).toBe(undone.status === 'fulfilled');
      const { status } = await replicas.ask(getConversation, { conversationId }, boss);
      expect(status).toBe(undone.status === 'fulfilled' ? 'active' : 'closed');
    }
  });

  it('leaves what the customer wrote meanwhile unread and waiting', async () => {
    const who = `+54933${++customers}`;
    const { conversationId } = await replicas.ask(receiveMessage, aMessage(who, { teamId: 'ventas' }), channel);
    await replicas.ask(claimConversation, { conversationId, commandId: newId() }, ana);
    await replicas.ask(sendMessage, { conversationId, commandId: newId(), text: 'ya veo' }, ana);
    await replicas.ask(transferConversation, { conversationId, commandId: newId(), teamId: 'soporte' }, ana);
    await replicas.ask(receiveMessage, aMessage(who, { text: '¿hola?' }), channel);
    const { conversation } = await replicas.ask(undoConversation, { conversationId, commandId: newId() }, ana);
    expect(conversation).toMatchObject({ assigneeId: 'ana', unread: { count: 1 }, lastMessage: { text: '¿hola?' } });
    expect(conversation.waitingSince).not.toBeNull();
  });
});
