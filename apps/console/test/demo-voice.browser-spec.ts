import { claimConversation, createChannel, getTimeline, listConversations, updatePolicy } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Locator } from 'playwright-core';
import type { Desk, DeskOptions } from './support/desk';
import { currentTime, panel, recordButton, recorded, time } from './support/recording';
import { Shopper } from './support/shopper';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';

const office = useOffice({ browser: { hasMicrophone: true } });

async function shopping(options: DeskOptions = {}, channelId = office().channels.web.id): Promise<Shopper> {
  const shopper = new Shopper(await office().desk(options));
  await shopper.goto(channelId);
  await shopper.desk.page.getByText(options.locale === undefined ? 'En línea' : /Online/).waitFor();
  return shopper;
}

const player = (place: Locator): Locator => place.locator('[data-audio="Mensaje de voz"]').last();

/** Plays it, and hears it go on. */
async function hear(within: Locator): Promise<void> {
  await player(within).getByRole('button', { name: 'Reproducir Mensaje de voz' }).click();
  await eventually(async () => expect(await currentTime(player(within).locator('audio'))).toBeGreaterThan(0.3));
}

async function send(desk: Desk, seconds: number): Promise<void> {
  await recordButton(desk).click();
  await recorded(desk, seconds);
  await panel(desk).getByRole('button', { name: 'Enviar' }).click();
  await panel(desk).waitFor({ state: 'detached' });
}

it('the customer records with a level, pauses, goes on, listens and sends; the agent hears it, answers by voice, and the customer hears that', async () => {
  const { desk, chat } = await shopping({ width: 720 });
  await recordButton(desk).click();
  await panel(desk).getByText('Grabando').waitFor();
  // The microphone beeps each second.
  await eventually(async () => expect(Number(await panel(desk).getByRole('meter').getAttribute('aria-valuenow'))).toBeGreaterThan(5));
  await recorded(desk, 1);
  expect(await violations(desk)).toEqual([]);
  await desk.shot('80-demo-recording');
  await panel(desk).getByRole('button', { name: 'Pausar la grabación' }).click();
  await panel(desk).getByText('En pausa').waitFor();
  const atPause = await panel(desk).locator('[data-time]').innerText();
  await panel(desk).getByRole('button', { name: 'Seguir grabando' }).click();
  await recorded(desk, time(atPause) + 1);
  await panel(desk).getByRole('button', { name: 'Terminar y escuchar' }).click();
  await hear(panel(desk));
  await desk.shot('81-demo-preview');
  expect(await violations(desk)).toEqual([]);
  await panel(desk).getByRole('button', { name: 'Enviar' }).click();
  await chat.locator('[data-received]').waitFor();

  const api = await office().api('ana');
  const { items } = await api.call(listConversations, { tray: 'unassigned' });
  const conversationId = items[0]!.id;
  await api.call(claimConversation, { conversationId });
  const ana = await office().signedIn('ana');
  await ana.openRow('Lucía');
  await hear(ana.thread);
  const { items: entries } = await api.call(getTimeline, { conversationId });
  expect(entries.find(({ type }) => type === 'message')).toMatchObject({ data: { text: '', voice: true, attachments: [{ name: 'mensaje-de-voz.webm', mediaType: 'audio/webm' }] } });

  await send(ana, 1);
  await chat.locator('[data-side="theirs"]').waitFor();
  await hear(chat.locator('[data-side="theirs"]'));
  const theirs = player(chat.locator('[data-side="theirs"]'));
  expect(await theirs.locator('[class*="_peak_"]').count()).toBe(64);
  for (const speed of ['1', '1.5', '2']) await theirs.getByRole('button', { name: `Velocidad: ${speed}×` }).click();
  await theirs.getByRole('button', { name: 'Velocidad: 1×' }).waitFor();
  await desk.shot('82-demo-heard');
  expect(await violations(desk)).toEqual([]);
});

it('what the customer discards is gone; what they leave waits among the chosen files of that customer', async () => {
  const { desk, chat } = await shopping();
  await recordButton(desk).click();
  await recorded(desk, 1);
  await panel(desk).getByRole('button', { name: 'Descartar la grabación' }).click();
  await panel(desk).waitFor({ state: 'detached' });
  expect(await desk.page.locator('[data-upload]').count()).toBe(0);

  await recordButton(desk).click();
  await recorded(desk, 1);
  await desk.page.getByRole('button', { name: 'Otro cliente' }).click();
  await desk.page.locator('[data-customer="Mateo"][aria-current]').waitFor();
  expect(await desk.page.locator('[data-upload]').count()).toBe(0);
  await desk.page.locator('[data-customer="Lucía"]').click();
  await desk.page.locator('[data-upload]').getByText('Mensaje de voz').waitFor();
  await desk.page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await chat.locator('[data-received]').waitFor();
  await hear(chat);
});

it('where the browser may not use the microphone, the customer is told in words', async () => {
  const { desk } = await shopping({ width: 390, height: 844, theme: 'dark' });
  await desk.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  await recordButton(desk).click();
  await panel(desk).getByText('La página no tiene permiso para usar el micrófono.').waitFor();
  await desk.shot('83-demo-no-permission');
  expect(await violations(desk)).toEqual([]);
  await panel(desk).getByRole('button', { name: 'Descartar la grabación' }).click();
  await recordButton(desk).waitFor();
});

it('where the workspace has voice disabled, or the channel does without, the customer’s button is gone at once, and is back when it is enabled', async () => {
  const { desk } = await shopping();
  const boss = await office().api('eva');
  await recordButton(desk).click();
  await recorded(desk, 1);
  await boss.call(updatePolicy, { voice: false });
  await panel(desk).getByText('Los mensajes de voz se acaban de deshabilitar').waitFor();
  await panel(desk).getByRole('button', { name: 'Descartar la grabación' }).click();
  await recordButton(desk).waitFor({ state: 'detached' });
  await desk.page.reload();
  await desk.page.getByText('En línea').waitFor();
  expect(await recordButton(desk).count()).toBe(0);
  await boss.call(updatePolicy, { voice: true });
  await recordButton(desk).waitFor();

  const quiet = await boss.call(createChannel, { name: 'silencio', kind: 'webchat', voice: false });
  const other = await shopping({}, quiet.id);
  expect(await recordButton(other.desk).count()).toBe(0);
});

it.each([
  ['en-GB', 'Record a voice message', 'Discard the recording', 'Finish and listen'],
  ['pt-BR', 'Gravar mensagem de voz', 'Descartar a gravação', 'Terminar e ouvir'],
])('the recorder speaks as the page does (%s)', async (locale, record, discard, finish) => {
  const { desk } = await shopping({ locale });
  await desk.page.getByRole('button', { name: record }).click();
  await desk.page.getByRole('button', { name: finish }).waitFor();
  await desk.page.getByRole('button', { name: discard }).click();
  await desk.page.getByRole('button', { name: record }).waitFor();
});
