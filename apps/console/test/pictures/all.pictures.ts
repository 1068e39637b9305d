import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listConversations } from '@relevo/contracts';
import { AgentSocket, type DemoFile, seedDemo, startTestSystem, type TestSystem } from '@relevo/testing';
import { launchChromium } from '@relevo/testing/browser';
import type { Browser } from 'playwright-core';
import { Desk } from '../support/desk';
import { writeWithFiles } from './enclosures';
import { furnish } from './furnish';
import { galleryOf, pictureName, shownIn, type Size, sizes, type Theme, themes } from './gallery';
import { scenes } from './scenes';
import { takePicture } from './take';

const folder = process.env.RELEVO_SCREENSHOTS ?? join(__dirname, '../../../../docs/screenshots');

let system: TestSystem;
let demo: DemoFile;
let idOf: (customer: string) => string;
let sockets: readonly AgentSocket[];
let browser: Browser;

beforeAll(async () => {
  system = await startTestSystem({ serviceEnv: { gateway: { DEMO_PAGE: 'true' } } });
  demo = await seedDemo({ natsUrl: system.address.nats.operator, gatewayUrls: system.address.gatewayUrls, passwordOf: () => 'only-for-pictures' });
  browser = await launchChromium({ hasMicrophone: true });
  const [admin, agent, ...colleagues] = await Promise.all(['Lucía Ferreyra', 'Diego Sosa', 'Ana Beltrán', 'Carla Núñez'].map((name) => system.login(account(name))));
  if (!admin || !agent) throw new Error('Nobody is there to work');
  sockets = await Promise.all(colleagues.map(({ gatewayUrl, session }) => AgentSocket.connect(gatewayUrl, session.accessToken)));
  const { items } = await admin.call(listConversations, { tray: 'all', status: 'all', sort: 'activity', limit: 100 });
  const found = new Map(items.map(({ id, customer }) => [customer.name, id]));
  idOf = (customer) => {
    const id = found.get(customer);
    if (id === undefined) throw new Error(`Nobody called ${customer} wrote`);
    return id;
  };
  await furnish(system, { admin, agent, demo, idOf });
  found.set(...(await writeWithFiles(system, browser, channel('Tienda en línea'), agent, account('Diego Sosa'))));
});
afterAll(async () => {
  sockets?.forEach((socket) => socket.close());
  await browser?.close();
  await system?.stop();
});

function account(name: string): DemoFile['agents'][number] {
  const agent = demo.agents.find((each) => each.name === name);
  if (!agent) throw new Error(`The demo has no ${name}`);
  return agent;
}

function channel(name: string): DemoFile['channels'][number] {
  const channel = demo.channels.find((each) => each.name === name);
  if (!channel) throw new Error(`The demo has no ${name}`);
  return channel;
}

const combinations = (Object.keys(sizes) as Size[]).flatMap((size) => themes.map((theme): [Size, Theme] => [size, theme]));

it.each(combinations)('every screen, %s, %s', async (size, theme) => {
  const options = { ...sizes[size], theme };
  const desk = await Desk.open(browser, system.gatewayUrl(), options);
  await desk.signIn(account('Diego Sosa'));
  for (const scene of shownIn(scenes, size)) {
    const before = scene.at === null ? await Desk.open(browser, system.gatewayUrl(), options) : desk;
    await before.goto(scene.at?.(idOf, size));
    await scene.arrange?.(before, demo);
    await takePicture(before, folder, pictureName(scene, size, theme));
    await scene.restore?.(before);
    if (before !== desk) await before.close();
  }
  await desk.close();
  expect(desk.complaints).toEqual([]);
});

it('a page of all of them', () => writeFile(join(folder, 'README.md'), galleryOf(scenes)));
