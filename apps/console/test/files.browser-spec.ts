import { claimConversation, closeConversation } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Desk, DeskOptions } from './support/desk';
import { dragFiles, pasteFiles } from './support/hand-over-files';
import { aPicture, aTone } from './support/media';
import { Shopper } from './support/shopper';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';
import { Visitor } from './support/visitor';

const office = useOffice();
const visitors: Visitor[] = [];
afterEach(() => visitors.splice(0).forEach((visitor) => visitor.leave()));

const mib = 1024 * 1024;
const wood = aPicture([146, 98, 60]);
const green = aPicture([40, 120, 80], 420, 640);

async function aVisitor(): Promise<Visitor> {
  const visitor = await Visitor.at(office());
  visitors.push(visitor);
  return visitor;
}

/** A customer of the web chat who wrote, and Ana before the conversation, which is hers. */
async function talking(options: DeskOptions = {}): Promise<{ visitor: Visitor; ana: Desk }> {
  const visitor = await aVisitor();
  await visitor.client.send('Hola, ¿me mandan el catálogo?');
  await eventually(() => expect(visitor.said).toHaveLength(1));
  await (await office().api('ana')).call(claimConversation, { conversationId: visitor.said[0]!.conversationId });
  const ana = await office().signedIn('ana', options);
  await ana.rows.filter({ hasText: 'catálogo' }).getByRole('link').click();
  await ana.composer.waitFor();
  return { visitor, ana };
}

const uploads = (desk: Desk) => desk.page.locator('[data-upload]');
const upload = (desk: Desk, name: string) => desk.page.locator(`[data-upload="${name}"]`);
const send = (desk: Desk) => desk.page.getByRole('button', { name: 'Enviar', exact: true }).click();

/** Holds up every upload until it is let go. */
async function holdUploads({ page }: Desk): Promise<() => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/v1/attachments', async (route) => {
    await promise;
    await route.continue().catch(() => undefined);
  });
  return async () => {
    resolve();
    await page.unroute('**/v1/attachments');
  };
}

it('an agent picks several files and sends them with a text, and the customer gets them as they are', async () => {
  const { visitor, ana } = await talking();
  await ana.composer.fill('Aquí va, con dos fotos');
  await ana.page.locator('[data-attach]').setInputFiles([
    { name: 'mesa.png', mimeType: 'image/png', buffer: wood },
    { name: 'catálogo ñandú.csv', mimeType: 'text/csv', buffer: Buffer.from('mesa;roble\n') },
  ]);
  await eventually(async () => expect(await uploads(ana).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-state')))).toEqual(['stored', 'stored']));
  expect(await upload(ana, 'catálogo ñandú.csv').innerText()).toContain('11 bytes');
  await ana.shot('80-tray');
  await send(ana);
  await eventually(() => expect(visitor.said.at(-1)).toMatchObject({ actor: { kind: 'agent' }, data: { text: 'Aquí va, con dos fotos', attachments: [{ name: 'mesa.png' }, { name: 'catálogo ñandú.csv' }] } }));
  const [picture, table] = visitor.said.at(-1)!.data.attachments;
  expect(await visitor.bytesOf(picture!.id)).toEqual(wood);
  expect((await visitor.bytesOf(table!.id)).toString()).toBe('mesa;roble\n');
  await ana.thread.locator('[data-photo="mesa.png"] img').waitFor();
  await eventually(async () => expect(await uploads(ana).count()).toBe(0));
  await ana.shot('81-sent-files');
  expect(await violations(ana)).toEqual([]);

  const [download] = await Promise.all([ana.page.waitForEvent('download'), ana.page.getByRole('button', { name: 'Descargar catálogo ñandú.csv' }).click()]);
  expect(download.suggestedFilename()).toBe('catálogo ñandú.csv');
});

it('files go without a text, and the list says what they are', async () => {
  const { visitor, ana } = await talking();
  await ana.page.locator('[data-attach]').setInputFiles({ name: 'mesa.png', mimeType: 'image/png', buffer: wood });
  await send(ana);
  await eventually(() => expect(visitor.said.at(-1)).toMatchObject({ data: { text: '', attachments: [{ name: 'mesa.png' }] } }));
  await ana.rows.getByText('Tú: Foto', { exact: true }).waitFor();
  await visitor.sends('', [1, 2].map((index) => ({ name: `${index}.txt`, type: 'text/plain', bytes: Buffer.from('x') })));
  await ana.rows.getByText('Archivo +1', { exact: true }).waitFor();

  // Beside what they write about next, too.
  await (await office().api('ana')).call(closeConversation, { conversationId: visitor.said[0]!.conversationId });
  await visitor.client.send('Otra consulta');
  await ana.tray('Sin asignar');
  await ana.rows.filter({ hasText: 'Otra consulta' }).getByRole('link').click();
  await ana.page.getByRole('region', { name: 'Sus conversaciones' }).getByText('Archivo +1', { exact: true }).waitFor();
});

it('a picture of the customer’s is seen by two agents at once, large, one after the other, by the keyboard', async () => {
  const { visitor, ana } = await talking();
  const eva = await office().signedIn('eva');
  await eva.tray('Agentes');
  await eva.rows.filter({ hasText: 'catálogo' }).getByRole('link').click();
  await visitor.sends('Miren', [{ name: 'rota.png', type: 'image/png', bytes: wood }]);
  await visitor.sends('', [{ name: 'etiqueta.png', type: 'image/png', bytes: green }]);
  for (const desk of [ana, eva]) {
    for (const name of ['rota.png', 'etiqueta.png']) await desk.thread.locator(`[data-photo="${name}"] img`).waitFor();
    await eventually(async () => expect(await desk.thread.locator('[data-photo] img').evaluateAll((images) => images.every((image) => image instanceof HTMLImageElement && image.naturalWidth > 0))).toBe(true));
  }
  await ana.shot('82-received-photos');

  const photo = ana.page.getByRole('button', { name: 'Ver rota.png' });
  await photo.focus();
  await photo.press('Enter');
  const viewer = ana.page.locator('[data-viewer]');
  await viewer.getByText('Imagen 1 de 2').waitFor();
  const large = viewer.locator('img');
  await eventually(async () => expect(await large.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth)).toBe(640));
  await ana.shot('83-viewer');
  expect(await violations(ana)).toEqual([]);
  await ana.page.keyboard.press('ArrowRight');
  await viewer.getByText('Imagen 2 de 2').waitFor();
  await viewer.getByRole('heading', { name: 'etiqueta.png' }).waitFor();
  await ana.page.keyboard.press('ArrowLeft');
  await viewer.getByText('Imagen 1 de 2').waitFor();
  await ana.page.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });
  await eventually(async () => expect(await photo.evaluate((element) => element === document.activeElement)).toBe(true));
});

it('an upload is cancelled and tried again, and a message that was sent waits for it', async () => {
  const { visitor, ana } = await talking();
  let letGo = await holdUploads(ana);
  await ana.page.locator('[data-attach]').setInputFiles({ name: 'mesa.png', mimeType: 'image/png', buffer: wood });
  await ana.page.getByRole('progressbar', { name: 'Subida de mesa.png' }).waitFor();
  await ana.page.getByRole('button', { name: 'Cancelar mesa.png' }).click();
  await upload(ana, 'mesa.png').getByText('Cancelado').waitFor();
  await ana.page.getByText('quítalo o reinténtalo').waitFor();
  expect(await ana.page.getByRole('button', { name: 'Enviar', exact: true }).isDisabled()).toBe(true);
  await letGo();

  letGo = await holdUploads(ana);
  await ana.page.getByRole('button', { name: 'Reintentar mesa.png' }).click();
  await ana.composer.fill('Con la foto');
  await ana.composer.press('Enter');
  await ana.composer.fill('Y esto después');
  await ana.composer.press('Enter');
  await ana.thread.getByText('Se envía al terminar de subir').waitFor();
  await ana.shot('84-waits-for-upload');
  expect(visitor.said).toHaveLength(1);
  await letGo();
  await eventually(() => expect(visitor.said.slice(1).map(({ data }) => [data.text, data.attachments.length])).toEqual([['Con la foto', 1], ['Y esto después', 0]]));
  await eventually(async () => expect(await ana.thread.locator('[data-pending]').count()).toBe(0));
});

it('files are dropped on the thread and pasted into the field; a note takes none, and says so', async () => {
  const { visitor, ana } = await talking();
  const { drop } = await dragFiles(ana.page, ana.thread, [{ name: 'medidas.txt', type: 'text/plain', text: '120 x 80' }]);
  await ana.page.locator('[data-drop-zone]').getByText('Suelta para adjuntar').waitFor();
  await ana.shot('85-drop-zone');
  await drop();
  await upload(ana, 'medidas.txt').getByText('Listo').waitFor();
  expect(await ana.page.locator('[data-drop-zone]').count()).toBe(0);
  await pasteFiles(ana.page, ana.composer, [{ name: 'captura.txt', type: 'text/plain', text: 'pegado' }]);
  await upload(ana, 'captura.txt').getByText('Listo').waitFor();

  await ana.page.getByRole('tab', { name: 'Nota' }).click();
  await ana.page.getByText('2 archivos esperan en tu respuesta: las notas no llevan archivos.').waitFor();
  await pasteFiles(ana.page, ana.composer, [{ name: 'otra.txt', type: 'text/plain', text: 'no' }]);
  await ana.composer.fill('Ojo con las medidas');
  await ana.shot('86-note-with-files');
  await ana.composer.press('Enter');
  await ana.thread.locator('[data-kind="note"]').getByText('Ojo con las medidas').waitFor();
  await ana.page.getByRole('button', { name: 'Ir a la respuesta' }).click();
  expect(await uploads(ana).count()).toBe(2);
  await send(ana);
  await eventually(() => expect(visitor.said.at(-1)!.data.attachments.map(({ name }) => name)).toEqual(['medidas.txt', 'captura.txt']));
});

it('what cannot be sent is said before it is uploaded, and what the gateway refuses at the file', async () => {
  const { ana } = await talking();
  const drop = async (files: Parameters<typeof dragFiles>[2]): Promise<void> => (await dragFiles(ana.page, ana.thread, files)).drop();
  await drop([{ name: 'vacío.txt' }, { name: 'película.mp4', type: 'video/mp4', bytes: 41 * mib }, { name: 'disfrazado.png', type: 'image/png', text: 'esto no es una foto' }]);
  await upload(ana, 'vacío.txt').getByText('Está vacío: no hay nada que enviar.').waitFor();
  await upload(ana, 'película.mp4').getByText('Pasa de 40 MB: no se puede enviar.').waitFor();
  await upload(ana, 'disfrazado.png').getByText('No es lo que dice ser').waitFor();
  await ana.shot('87-refused-files');
  expect(await violations(ana)).toEqual([]);
  for (const name of ['vacío.txt', 'película.mp4', 'disfrazado.png']) await ana.page.getByRole('button', { name: `Quitar ${name}` }).click();
  await eventually(async () => expect(await uploads(ana).count()).toBe(0));

  await drop(Array.from({ length: 11 }, (_, index) => ({ name: `${index + 1}.txt`, type: 'text/plain', text: String(index) })));
  await ana.page.getByText('Van hasta 10 archivos por mensaje: quedó fuera 1.').waitFor();
  await eventually(async () => expect(await uploads(ana).count()).toBe(10));
});

it('a link that ended renews itself, and a file that is gone is said in words', async () => {
  const { visitor, ana } = await talking();
  await visitor.sends('Escuchen', [{ name: 'ruido.wav', type: 'audio/wav', bytes: aTone(30) }, { name: 'garantía.txt', type: 'text/plain', bytes: Buffer.from('dos años') }]);
  let answered = 0;
  await ana.page.route('**/v1/files/**', async (route) => {
    answered += 1;
    if (answered === 1) await route.fulfill({ status: 401 });
    else await route.continue();
  });
  const player = ana.thread.locator('[data-audio="ruido.wav"]');
  await player.getByRole('button', { name: 'Reproducir ruido.wav' }).click();
  const audio = player.locator('audio');
  await eventually(async () => expect(await audio.evaluate((element: HTMLAudioElement) => element.currentTime)).toBeGreaterThan(0.2));
  expect(answered).toBeGreaterThan(1);
  await player.getByRole('button', { name: 'Pausar ruido.wav' }).click();
  const track = player.getByRole('slider');
  await track.focus();
  await track.press('End');
  await eventually(async () => expect(await track.getAttribute('aria-valuetext')).toBe('0:30 de 0:30'));
  await track.press('Home');
  await eventually(async () => expect(await audio.evaluate((element: HTMLAudioElement) => element.currentTime)).toBe(0));
  await player.getByRole('button', { name: 'Velocidad: 1×' }).click();
  expect(await audio.evaluate((element: HTMLAudioElement) => element.playbackRate)).toBe(1.5);

  await ana.page.route('**/link?*', (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify({ code: 'NOT_FOUND', title: 'Not found', status: 404 }) }));
  await ana.page.getByRole('button', { name: 'Descargar garantía.txt' }).click();
  await ana.thread.locator('[data-file="garantía.txt"]').getByText('El archivo ya no está').waitFor();
  await ana.shot('88-gone');
});

it('a customer at the page that plays them picks a file, and sees and hears what the agent sends', async () => {
  const shopper = new Shopper(await office().desk({ width: 640 }));
  await shopper.goto(office().channels.web.id);
  await shopper.desk.page.getByText('En línea').waitFor();
  await shopper.desk.page.locator('[data-attach]').setInputFiles({ name: 'rota.png', mimeType: 'image/png', buffer: wood });
  await shopper.writes('Llegó así');
  await shopper.chat.locator('[data-file="rota.png"] img').waitFor();
  const ana = await office().signedIn('ana');
  await ana.tray('Sin asignar');
  await ana.rows.filter({ hasText: 'Llegó así' }).getByRole('link').click();
  await ana.thread.locator('[data-photo="rota.png"] img').waitFor();
  await ana.page.getByRole('button', { name: 'Tomar conversación' }).click();
  await ana.page.locator('[data-attach]').setInputFiles([
    { name: 'nueva.png', mimeType: 'image/png', buffer: green },
    { name: 'aviso.wav', mimeType: 'audio/wav', buffer: aTone(30) },
  ]);
  await send(ana);
  await shopper.chat.locator('[data-file="nueva.png"] img').waitFor();
  const player = shopper.chat.locator('[data-audio="aviso.wav"]');
  await player.getByRole('button', { name: 'Reproducir aviso.wav' }).click();
  const audio = player.locator('audio');
  await eventually(async () => expect(await audio.evaluate((element: HTMLAudioElement) => element.currentTime)).toBeGreaterThan(0.2));
  await shopper.desk.shot('91-demo-files');
  expect(await violations(shopper.desk)).toEqual([]);
});

it('on a phone and in the dark files are chosen, sent and seen', async () => {
  const { visitor, ana } = await talking({ width: 390, height: 780, theme: 'dark' });
  await visitor.sends('', [{ name: `${'muy-'.repeat(40)}largo<b>.png`, type: 'image/png', bytes: wood }]);
  await ana.thread.locator('[data-photo] img').waitFor();
  await ana.page.locator('[data-attach]').setInputFiles([1, 2, 3].map((index) => ({ name: `${'nombre-larguísimo-'.repeat(6)}${index}.txt`, mimeType: 'text/plain', buffer: Buffer.from('x') })));
  await eventually(async () => expect(await ana.page.locator('[data-upload][data-state="stored"]').count()).toBe(3));
  await ana.shot('89-phone');
  expect(await violations(ana)).toEqual([]);
  await send(ana);
  await eventually(() => expect(visitor.said.at(-1)!.data.attachments).toHaveLength(3));
  await eventually(async () => expect(await ana.thread.locator('[data-file]').count()).toBe(3));
  await ana.shot('90-phone-sent');
});
