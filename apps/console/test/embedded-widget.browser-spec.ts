import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChannel } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Page } from 'playwright-core';
import { useOffice } from './support/use-office';

/** Pages of a company's site around a widget: other origins than the gateway's, as a browser sees it. */
const office = useOffice();
const sites: Server[] = [];

async function aSite(): Promise<string> {
  const site = createServer((_, response) => void response.setHeader('content-type', 'text/html').end('<!doctype html><title>Tienda</title>'));
  sites.push(site);
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
}

afterAll(() => sites.forEach((site) => site.close()));

interface Asked {
  readonly path: string;
  readonly token: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

const gatewayUrl = (): string => office().system.gatewayUrl();

/** As the page's own scripts ask, with what they may read of the answer; null: the browser keeps it from them. */
const ask = (page: Page, { path, token, method = 'GET', headers = {} }: Asked): Promise<{ status: number; range: string | null; text: string } | null> =>
  page.evaluate(
    async ({ url, init }) => {
      try {
        const response = await fetch(url, init);
        return { status: response.status, range: response.headers.get('content-range'), text: await response.text() };
      } catch {
        return null;
      }
    },
    { url: `${gatewayUrl()}${path}`, init: { method, headers: { ...headers, authorization: `Bearer ${token}` } } },
  );

/** An upload with its progress, which makes browsers ask first. */
const upload = (page: Page, token: string): Promise<{ id: string } | null> =>
  page.evaluate(
    ({ url, bearer }) =>
      new Promise<{ id: string } | null>((resolve) => {
        const form = new FormData();
        form.append('file', new Blob(['hola, mundo']), 'nota.txt');
        const request = new XMLHttpRequest();
        request.upload.onprogress = () => undefined;
        request.onload = () => resolve(JSON.parse(request.responseText) as { id: string });
        request.onerror = () => resolve(null);
        request.open('POST', url);
        request.setRequestHeader('authorization', `Bearer ${bearer}`);
        request.send(form);
      }),
    { url: `${gatewayUrl()}/v1/widget/attachments`, bearer: token },
  );

it('a site that its channel names uploads and reads a visitor’s files, in parts too, and reads nothing of the agents’; another site reads nothing', async () => {
  const [shop, stranger] = [await aSite(), await aSite()];
  const channel = await (await office().api('eva')).call(createChannel, { name: 'sitio', kind: 'webchat', allowedOrigins: [shop] });
  const desk = await office().desk();
  await desk.page.goto(`${gatewayUrl()}/demo/?channel=${channel.id}`);
  await desk.page.getByText('En línea').waitFor();
  const token = await desk.page.evaluate(() => Object.entries(localStorage).find(([key]) => key.startsWith('relevo.visitor.'))![1] as string);

  await desk.page.goto(shop);
  const uploaded = await upload(desk.page, token);
  expect(uploaded).toMatchObject({ name: 'nota.txt', mediaType: 'text/plain', size: 11 });
  const path = `/v1/widget/attachments/${uploaded!.id}`;
  expect(await ask(desk.page, { path, token })).toMatchObject({ status: 200, text: 'hola, mundo' });
  expect(await ask(desk.page, { path, token, headers: { range: 'bytes=0-3' } })).toEqual({ status: 206, range: 'bytes 0-3/11', text: 'hola' });
  expect(desk.complaints).toEqual([]);
  const { accessToken } = (await office().api('ana')).session;
  expect(await ask(desk.page, { path: '/v1/me', token: accessToken })).toBeNull();

  await desk.page.goto(stranger);
  expect(await upload(desk.page, token)).toBeNull();
  expect(await ask(desk.page, { path, token })).toBeNull();
  // That it was kept from each page the browser says.
  await eventually(() => expect(desk.complaints).toEqual(Array.from({ length: 3 }, () => expect.stringContaining('blocked by CORS policy') as string)));
  desk.complaints.splice(0);
});
