import {
  claimConversation,
  closeConversation,
  closeInactive,
  conversationSorts,
  createQuickReply,
  createTag,
  getActiveConversation,
  getConversation,
  getPolicy,
  listConversations,
  listQuickReplies,
  listTags,
  PolicyView,
  receiveMessage,
  tagConversation,
  updatePolicy,
  updateQuickReply,
  updateTag,
  validateShape,
  voiceSubject,
} from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { eventually, type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { anAgent } from './a-conversation.js';
import { aMessage, channel } from './a-message.js';

const admin = anAgent('admin', { role: 'admin' });
const ana = anAgent('ana');
const foreign = anAgent('eva', { role: 'admin', workspaceId: 'norte' });

let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas({ service: 'conversations', compose });
});

afterAll(() => replicas?.stop());

const key = () => ({ commandId: newId() });

describe('tags', () => {
  it('are renamed once by ten admins at the same time over two replicas, and refuse the names of others', async () => {
    const one = await replicas.ask(createTag, { name: 'Envíos', ...key() }, admin);
    const others = await Promise.all(['Reclamo', 'Venta'].map((name) => replicas.ask(createTag, { name, ...key() }, admin)));
    const results = await Promise.allSettled([one, ...others].map(({ id }) => replicas.ask(updateTag, { tagId: id, name: 'Único', ...key() }, admin)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    const { items } = await replicas.ask(listTags, {}, ana);
    expect(items.filter(({ name }) => name === 'Único')).toHaveLength(1);
  });

  it('of one workspace are unknown in another, for admins too', async () => {
    const { id } = await replicas.ask(createTag, { name: 'Nuestra', ...key() }, admin);
    await expect(replicas.ask(updateTag, { tagId: id, name: 'Mía', ...key() }, foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(replicas.ask(updateTag, { tagId: id, name: 'Mía', ...key() }, ana)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('have a page of all their conversations, active and closed, in order', async () => {
    const { id: tagId } = await replicas.ask(createTag, { name: 'Página', ...key() }, admin);
    const ids: string[] = [];
    for (let index = 0; index < 6; index += 1) {
      const { conversationId } = await replicas.ask(receiveMessage, aMessage(`+5477${index}`), channel);
      await replicas.ask(tagConversation, { conversationId, tagId, ...key() }, ana);
      if (index % 2 === 0) await replicas.ask(closeConversation, { conversationId, ...key() }, admin);
      ids.push(conversationId);
    }
    const page = async (status: 'active' | 'closed' | 'all', sort: 'activity' | 'assigned' = 'activity') => (await replicas.ask(listConversations, { tagId, status, sort }, ana)).items.map(({ id }) => id);
    expect(await page('all')).toEqual(ids.toReversed());
    expect(await page('all', 'assigned')).toEqual(ids);
    expect(await page('active')).toEqual([ids[5], ids[3], ids[1]]);
    const first = await replicas.ask(listConversations, { tagId, status: 'all', sort: 'activity', limit: 4 }, ana);
    const rest = await replicas.ask(listConversations, { tagId, status: 'all', sort: 'activity', cursor: first.nextCursor! }, ana);
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('that were archived stay on what has them', async () => {
    const { id } = await replicas.ask(createTag, { name: 'Temporada', ...key() }, admin);
    const { conversationId } = await replicas.ask(receiveMessage, aMessage('+540'), channel);
    await replicas.ask(tagConversation, { conversationId, tagId: id, ...key() }, ana);
    await expect(replicas.ask(updateTag, { tagId: id, archived: true, ...key() }, admin)).resolves.toMatchObject({ archived: true, name: 'Temporada' });
    expect((await replicas.ask(getConversation, { conversationId }, ana)).tagIds).toEqual([id]);
  });
});

describe('quick replies', () => {
  it('have shortcuts that are unique regardless of case and accents, and placeholders that mean something', async () => {
    const made = await replicas.ask(createQuickReply, { shortcut: 'Envío', text: 'Hola {{customer.name}}, ya salió.', ...key() }, admin);
    await expect(replicas.ask(createQuickReply, { shortcut: 'envio', text: 'x', ...key() }, admin)).rejects.toMatchObject({ code: 'CONFLICT', errors: [{ path: 'shortcut' }] });
    await expect(replicas.ask(updateQuickReply, { quickReplyId: made.id, text: '{{nombre}}', ...key() }, admin)).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'text' }] });
    await replicas.ask(updateQuickReply, { quickReplyId: made.id, text: 'Soy {{agent.name}}', ...key() }, admin);
    expect((await replicas.ask(listQuickReplies, {}, ana)).items).toEqual([{ ...made, text: 'Soy {{agent.name}}' }]);
    expect((await replicas.ask(listQuickReplies, {}, foreign)).items).toEqual([]);
  });

  it('repeated with their commandId are the same', async () => {
    const command = { shortcut: 'gracias', text: '¡Gracias!', ...key() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => replicas.ask(createQuickReply, command, admin)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });
});

describe('the forecast', () => {
  it('lists of an agent’s own what closes within the hour, in every order', async () => {
    const { conversationId } = await replicas.ask(receiveMessage, aMessage('+542'), channel);
    await replicas.ask(claimConversation, { conversationId, ...key() }, ana);
    const closing = async (toleranceHours: number) => {
      await replicas.ask(updatePolicy, { toleranceHours, ...key() }, admin);
      return eventually(async () => {
        const lists = await Promise.all(conversationSorts.map((sort) => replicas.ask(listConversations, { tray: 'mine', closing: true, sort }, ana)));
        const found = lists.map(({ items }) => items.map(({ id }) => id));
        expect(found).toEqual(conversationSorts.map(() => (toleranceHours === 1 ? [conversationId] : [])));
      });
    };
    await closing(2);
    await closing(1);
    await closing(24);
  });
});

describe('the policy', () => {
  it('says to widgets whether there is voice: when they ask, and when an admin changes it', async () => {
    const heard: unknown[] = [];
    replicas.nats.subscribe(voiceSubject('sur'), { callback: (_, message) => void heard.push(message.json()) });
    await replicas.nats.flush();
    for (const voice of [false, true]) {
      await replicas.ask(updatePolicy, { voice, ...key() }, admin);
      expect(await replicas.ask(getActiveConversation, { channelId: channel.id, externalId: 'visitor:nadie' }, channel)).toEqual({ conversation: null, voice });
    }
    await replicas.ask(updatePolicy, { toleranceHours: 24, ...key() }, admin);
    await eventually(() => expect(heard).toEqual([{ workspaceId: 'sur', voice: false }, { workspaceId: 'sur', voice: true }]));
  });

  it('is 24 hours and voice until an admin decides otherwise; each field by itself', async () => {
    expect(validateShape(PolicyView, await replicas.ask(getPolicy, {}, ana))).toEqual({ toleranceHours: 24, voice: true });
    await Promise.all([replicas.ask(updatePolicy, { toleranceHours: 2, ...key() }, admin), replicas.ask(updatePolicy, { voice: false, ...key() }, admin)]);
    expect(await replicas.ask(getPolicy, {}, ana)).toEqual({ toleranceHours: 2, voice: false });
    await expect(replicas.ask(updatePolicy, { toleranceHours: 3, ...key() }, ana)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    for (const toleranceHours of [0, 169, 1.5]) {
      await expect(replicas.ask(updatePolicy, { toleranceHours, ...key() }, admin)).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'toleranceHours' }] });
    }
  });

  it('says when conversations close, on every replica, and the automatic close keeps to it', async () => {
    const { conversationId } = await replicas.ask(receiveMessage, aMessage('+541'), channel);
    await replicas.ask(updatePolicy, { toleranceHours: 5, ...key() }, admin);
    await eventually(async () => {
      // Whichever replica answers.
      for (let attempt = 0; attempt < 6; attempt += 1) {
        const { closesAt, lastInteractionAt } = await replicas.ask(getConversation, { conversationId }, admin);
        expect(Date.parse(closesAt!) - Date.parse(lastInteractionAt)).toBe(5 * 60 * 60 * 1000);
      }
    });
    await expect(replicas.ask(closeInactive, {}, { kind: 'system', id: 'test' })).resolves.toMatchObject({ closed: 0 });
  });
});
