import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listConversations } from '@relevo/contracts';
import { type DemoFile, seedDemo, startTestSystem, type TestSystem } from '@relevo/testing';
import { launchChromium } from '@relevo/testing/browser';
import type { Browser } from 'playwright-core';
import { Desk } from '../support/desk';
import { furnish } from './furnish';
import { galleryOf, pictureName, shownIn, type Size, sizes, type Theme, themes } from './gallery';
import { scenes } from './scenes';
import { takePicture } from './take';

const folder = process.env.RELEVO_SCREENSHOTS ?? join(__dirname, '../../../../docs/screenshots');

let system: TestSystem;
let demo: DemoFile;
let ids: ReadonlyMap<string, string>;
let browser: Browser;

beforeAll(async () => {
  system = await startTestSystem({ serviceEnv: { gateway: { DEMO_PAGE: 'true' } } });
  demo = await seedDemo({ natsUrl: system.address.nats.operator, gatewayUrls: system.address.gatewayUrls, passwordOf: () => 'only-for-pictures' });
  const admin = await system.login(account('Lucía Ferreyra'));
  const { items } = await admin.call(listConversations, { tray: 'all', status: 'all', sort: 'activity', limit: 100 });
  ids = new Map(items.map(({ id, customer }) => [customer.name, id]));
  await furnish(system, { admin, agent: await system.login(account('Diego Sosa')), demo, idOf });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

function idOf(customer: string): string {
  const id = ids.get(customer);
  if (id === undefined) throw new Error(`Nobody called ${customer} wrote`);
  return id;
}

function account(name: string): DemoFile['agents'][number] {
  const agent = demo.agents.find((each) => each.name === name);
  if (!agent) throw new Error(`The demo has no ${name}`);
  return agent;
}

const combinations = (Object.keys(sizes) as Size[]).flatMap((size) => themes.map((theme): [Size, Theme] => [size, theme]));

it.each(combinations)('every screen, %s, %s', async (size, theme) => {
  const options = { ...sizes[size], theme };
  const desk = await Desk.open(browser, system.gatewayUrl(), options);
  await desk.signIn(account('Diego Sosa'));
  for (const scene of shownIn(scenes, size)) {
    const before = scene.at === null ? await Desk.open(browser, system.gatewayUrl(), options) : desk;
    await before.goto(scene.at?.(idOf));
    await scene.arrange?.(before, demo);
    await takePicture(before, folder, pictureName(scene, size, theme));
    await scene.restore?.(before);
    if (before !== desk) await before.close();
  }
  await desk.close();
  expect(desk.complaints).toEqual([]);
});

it('a page of all of them', () => writeFile(join(folder, 'README.md'), galleryOf(scenes)));
