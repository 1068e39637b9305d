import { type AgentView, AppError, type AttachmentView, findAttachments, getConversation, notFound, sendMessage, type SendMessage } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { FileDesk } from './support/file-desk.js';
import { png } from './support/form.js';
import { System } from './support/system.js';

let system: System;
let desk: FileDesk;
let ana: AgentView;

beforeAll(async () => {
  system = await System.start();
  ana = system.services.hire('ana');
  desk = new FileDesk(system, await system.tokenOf(ana));
});

afterAll(() => system?.stop());

describe('a file that is sent', () => {
  const conversation = { id: 'c1', channelId: 'api' };
  const send = (id: string, commandId = newId()) => system.rest('POST', '/v1/conversations/c1/messages', { token: desk.token, body: { attachmentIds: [id] }, headers: { 'idempotency-key': commandId } });
  const statusFor = async (agent: AgentView, id: string): Promise<number> => (await desk.get(`/v1/attachments/${id}`, {}, await system.tokenOf(agent))).status;
  const sentBy = (): AttachmentView[] => (system.services.received.findLast(({ subject }) => subject === sendMessage.subject)!.request as SendMessage).attachments!;

  it('goes to its owner with what is known of it, and is seen by whoever sees the conversation', async () => {
    const attachment = await desk.upload({ name: 'foto.png', type: 'image/png', bytes: png });
    system.services.answer(sendMessage, () => Promise.resolve({ entry: null, conversation }));
    expect((await send(attachment.id)).status).toBe(200);
    expect(sentBy()).toEqual([attachment]);
    const [sees, seesNot] = [system.services.hire('sees'), system.services.hire('sees not')];
    system.services.answer(getConversation, (_, { actor }) => (actor.id === sees.id ? Promise.resolve(conversation) : Promise.reject(notFound('conversation'))));
    expect(await statusFor(sees, attachment.id)).toBe(200);
    for (const unseeing of [seesNot, ana]) expect(await statusFor(unseeing, attachment.id)).toBe(404);
  });

  it('whose message was not answered is with that message, if it came through', async () => {
    const [{ id }, commandId] = [await desk.upload({ bytes: png }), newId()];
    system.services.answer(sendMessage, () => Promise.reject(new AppError('TIMEOUT', 'Late.')));
    expect((await send(id, commandId)).status).toBe(504);
    // Another message does not get it: the first may still come through.
    expect((await send(id)).json).toMatchObject({ code: 'TIMEOUT' });
    expect(sentBy()).toEqual([]);
    const other = system.services.hire('beto');
    system.services.answer(getConversation, () => Promise.resolve(conversation));
    system.services.answer(findAttachments, () => Promise.resolve({ items: [] }));
    expect(await statusFor(other, id)).toBe(404);
    expect(await statusFor(ana, id)).toBe(200);
    system.services.answer(findAttachments, () => Promise.resolve({ items: [{ attachmentId: id, conversationId: 'c1', channelId: 'api' }] }));
    expect(await statusFor(other, id)).toBe(200);
    system.services.answer(sendMessage, () => Promise.resolve({ entry: null, conversation }));
    expect((await send(id, commandId)).status).toBe(200);
    expect(sentBy().map((file) => file.id)).toEqual([id]);
  });

  it('with a message that is refused is free for another, unless an attempt of the same is in doubt', async () => {
    const [{ id }, commandId] = [await desk.upload({ bytes: png }), newId()];
    system.services.answer(sendMessage, () => Promise.reject(new AppError('REPLY_OVERTAKEN', 'No.')));
    expect((await send(id, commandId)).status).toBe(409);
    await send(id);
    expect(sentBy()).toHaveLength(1);
    system.services.answer(sendMessage, () => Promise.reject(new AppError('UNAVAILABLE', 'Who knows.')));
    await send(id, commandId);
    system.services.answer(sendMessage, () => Promise.reject(new AppError('REPLY_OVERTAKEN', 'No.')));
    await send(id, commandId);
    await send(id);
    expect(sentBy()).toEqual([]);
  });
});
