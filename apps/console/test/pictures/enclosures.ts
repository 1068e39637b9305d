import { claimConversation, sendMessage } from '@relevo/contracts';
import { aMessage, type ApiClient, type ChannelKey, type Credentials, type ReachedSystem } from '@relevo/testing';
import type { Browser } from 'playwright-core';
import { Desk } from '../support/desk';

/** What a customer took with a telephone: a lamp whose shade is broken, drawn. */
const lamp = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 420">
  <rect width="640" height="420" fill="#d9c7ad"/><rect y="330" width="640" height="90" fill="#8a6242"/>
  <circle cx="320" cy="180" r="150" fill="#f3e6cd"/><ellipse cx="320" cy="345" rx="92" ry="17" fill="#37312b"/>
  <rect x="312" y="180" width="16" height="162" fill="#37312b"/><path d="M236 200 276 70h88l40 130z" fill="#c8553d"/>
  <path d="M338 70l-16 42 24 20-20 34 14 34" fill="none" stroke="#f3e6cd" stroke-width="5"/>
</svg>`;

async function photoOf(browser: Browser, drawing: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 640, height: 420 } });
  await page.setContent(`<style>body{margin:0}</style>${drawing}`);
  const photo = await page.screenshot({ type: 'jpeg', quality: 85 });
  await page.close();
  return photo;
}

/** A conversation of an agent in which pictures, documents and voices went to and fro: its customer, and its id. */
export async function writeWithFiles(system: ReachedSystem, browser: Browser, shop: ChannelKey, agent: ApiClient, account: Credentials): Promise<[customer: string, conversationId: string]> {
  const name = 'Sofía Barrios';
  const files = [
    { name: 'lampara.jpg', mediaType: 'image/jpeg', content: await photoOf(browser, lamp) },
    { name: 'Factura B 0003-00018211.pdf', mediaType: 'application/pdf', content: Buffer.from(`%PDF-1.4\n${'% 0003-00018211\n'.repeat(4_000)}%%EOF\n`) },
  ];
  const { conversationId } = await system.receive(shop, aMessage({ from: 'cliente-2044', name, text: 'La lámpara llegó con la pantalla rota. Mando foto y la factura.', files }));
  await agent.call(claimConversation, { conversationId });
  await agent.call(sendMessage, { conversationId, text: 'Lo lamento, Sofía. Le mando una pantalla nueva hoy mismo; le explico cómo se cambia:' });
  const desk = await Desk.open(browser, system.gatewayUrl());
  await desk.signIn(account, `c/${conversationId}`);
  await desk.page.getByRole('button', { name: 'Grabar mensaje de voz' }).click();
  const recorder = desk.page.getByRole('group', { name: 'Mensaje de voz' });
  await recorder.getByText('0:07').waitFor();
  await recorder.getByRole('button', { name: 'Terminar y escuchar' }).click();
  await recorder.getByRole('button', { name: 'Enviar' }).click();
  await recorder.waitFor({ state: 'detached' });
  await desk.thread.locator('[data-audio="Mensaje de voz"]').waitFor();
  await desk.close();
  return [name, conversationId];
}
