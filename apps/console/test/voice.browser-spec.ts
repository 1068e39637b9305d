import { type AttachmentView, claimConversation, createChannel, sendMessage, updatePolicy } from '@relevo/contracts';
import { aMessage, type ApiClient, eventually } from '@relevo/testing';
import type { Desk, DeskOptions } from './support/desk';
import { aTone } from './support/media';
import { currentTime, panel, recordButton, recorded, time } from './support/recording';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';
import { Visitor } from './support/visitor';

const office = useOffice({ browser: { hasMicrophone: true } });
const visitors: Visitor[] = [];
afterEach(() => visitors.splice(0).forEach((visitor) => visitor.leave()));

/** A customer who asked, and Ana before the conversation, which is hers. */
async function talking(options: DeskOptions = {}): Promise<{ visitor: Visitor; ana: Desk; conversationId: string }> {
  const visitor = await Visitor.at(office());
  visitors.push(visitor);
  await visitor.client.send('¿Me lo explica?');
  await eventually(() => expect(visitor.said).toHaveLength(1));
  const { conversationId } = visitor.said[0]!;
  await (await office().api('ana')).call(claimConversation, { conversationId });
  const ana = await office().signedIn('ana', options);
  await ana.rows.filter({ hasText: 'explica' }).getByRole('link').click();
  await ana.composer.waitFor();
  return { visitor, ana, conversationId };
}

/** A voice message by another program than the console. */
function postVoice({ gatewayUrl, session }: ApiClient): Promise<Response> {
  const form = new FormData();
  form.set('voice', 'true');
  form.set('file', new Blob([new Uint8Array(aTone(1))], { type: 'audio/wav' }), 'voz.wav');
  return fetch(`${gatewayUrl}/v1/attachments`, { method: 'POST', headers: { authorization: `Bearer ${session.accessToken}` }, body: form });
}

it('is recorded with a level, paused, gone on with, listened to and sent, and is heard at the other side as long as it was recorded', async () => {
  const { visitor, ana } = await talking();
  await recordButton(ana).click();
  await panel(ana).getByText('Grabando').waitFor();
  // The microphone beeps each second.
  await eventually(async () => expect(Number(await panel(ana).getByRole('meter').getAttribute('aria-valuenow'))).toBeGreaterThan(5));
  await recorded(ana, 1);
  await ana.shot('95-recording');
  expect(await violations(ana, { within: '#thread' })).toEqual([]);
  await panel(ana).getByRole('button', { name: 'Pausar la grabación' }).click();
  await panel(ana).getByText('En pausa').waitFor();
  const atPause = await panel(ana).locator('[data-time]').innerText();
  await panel(ana).getByRole('button', { name: 'Seguir grabando' }).click();
  await recorded(ana, time(atPause) + 2);
  await panel(ana).getByRole('button', { name: 'Terminar y escuchar' }).click();
  await panel(ana).getByRole('button', { name: 'Reproducir Mensaje de voz' }).click();
  await eventually(async () => expect(await currentTime(panel(ana).locator('audio'))).toBeGreaterThan(0.3));
  await ana.shot('96-preview');
  expect(await violations(ana, { within: '#thread' })).toEqual([]);
  await panel(ana).getByRole('button', { name: 'Enviar' }).click();

  await eventually(() => expect(visitor.said.at(-1)).toMatchObject({ data: { text: '', attachments: [{ voice: {} }], voice: true } }));
  const [{ id, voice, mediaType }] = visitor.said.at(-1)!.data.attachments as [AttachmentView];
  expect(mediaType).toBe('audio/webm');
  expect(voice!.durationMs).toBeGreaterThanOrEqual(2_500);
  expect(voice!.peaks.length).toBeGreaterThan(0);
  expect((await visitor.bytesOf(id)).length).toBeGreaterThan(1_000);

  const eva = await office().signedIn('eva');
  await eva.tray('Agentes');
  await eva.rows.first().getByRole('link').click();
  const player = eva.thread.locator('[data-audio="Mensaje de voz"]');
  await player.getByRole('button', { name: 'Reproducir Mensaje de voz' }).click();
  const audio = player.locator('audio');
  await eventually(async () => expect(await currentTime(audio)).toBeGreaterThan(0.5));
  await eva.shot('97-heard');
  // As the file itself says: it can be put to any place.
  const lengthMs = (await audio.evaluate((element: HTMLAudioElement) => element.duration)) * 1000;
  expect(Math.abs(lengthMs - voice!.durationMs)).toBeLessThan(700);
  const track = player.getByRole('slider');
  await track.focus();
  await track.press('Home');
  await track.press('ArrowRight');
  await eventually(async () => expect(await currentTime(audio)).toBeGreaterThanOrEqual(2));
});

it('what is discarded is gone; what is left waits among the chosen files', async () => {
  const { visitor, ana } = await talking();
  await recordButton(ana).click();
  await recorded(ana, 1);
  await panel(ana).getByRole('button', { name: 'Descartar la grabación' }).click();
  await panel(ana).waitFor({ state: 'detached' });
  expect(await ana.page.locator('[data-upload]').count()).toBe(0);

  await recordButton(ana).click();
  await recorded(ana, 1);
  await ana.page.getByRole('tab', { name: 'Nota' }).click();
  await ana.page.getByText('1 archivo espera en tu respuesta').waitFor();
  await ana.page.getByRole('tab', { name: 'Responder' }).click();
  await ana.page.locator('[data-upload]').getByText('Mensaje de voz').waitFor();
  await ana.page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await eventually(() => expect(visitor.said.at(-1)).toMatchObject({ data: { attachments: [{ voice: {} }] } }));
});

it('where the browser may not use the microphone, that is said in words', async () => {
  const { ana } = await talking();
  await ana.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  await recordButton(ana).click();
  await panel(ana).getByText('La página no tiene permiso para usar el micrófono.').waitFor();
  await ana.shot('98-no-permission');
  expect(await violations(ana)).toEqual([]);
  await panel(ana).getByRole('button', { name: 'Descartar la grabación' }).click();
  await recordButton(ana).waitFor();
});

it('where a channel does without voice, there is no button, and other channels keep theirs', async () => {
  const { ana } = await talking();
  await recordButton(ana).waitFor();
  const eva = await office().api('eva');
  const channel = await eva.call(createChannel, { name: 'silencio', kind: 'api', voice: false });
  const { conversationId } = await office().system.receive(channel, aMessage({ from: 'Rosa', name: 'Rosa', text: 'Hola' }));
  await (await office().api('ana')).call(claimConversation, { conversationId });
  // A page knows the channels of when it was loaded.
  await ana.page.reload();
  await ana.openRow('Rosa');
  await ana.page.getByRole('button', { name: 'Adjuntar archivos' }).waitFor();
  expect(await recordButton(ana).count()).toBe(0);
});

it('where the workspace has voice disabled, the button is gone at once, and the API answers VOICE_DISABLED', async () => {
  const { ana, conversationId } = await talking();
  const api = await office().api('ana');
  const before = await postVoice(api);
  expect(before.status).toBe(200);
  await recordButton(ana).click();
  await recorded(ana, 1);
  await (await office().api('eva')).call(updatePolicy, { voice: false });
  await panel(ana).getByText('Los mensajes de voz se acaban de deshabilitar').waitFor();
  await panel(ana).getByRole('button', { name: 'Descartar la grabación' }).click();
  await eventually(async () => expect(await recordButton(ana).count()).toBe(0));

  const message = api.call(sendMessage, { conversationId, attachmentIds: [((await before.json()) as { id: string }).id] });
  await expect(message).rejects.toMatchObject({ code: 'VOICE_DISABLED' });
  const after = await postVoice(api);
  expect(after.status).toBe(422);
  expect(await after.json()).toMatchObject({ code: 'VOICE_DISABLED' });
});
