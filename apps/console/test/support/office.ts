import { type SeededAgent, type SeededChannel, seedWorkspace, startTestSystem, type TestSystem } from '@relevo/testing';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium';
import { Desk, type DeskOptions } from './desk';

export interface Office {
  readonly id: string;
  readonly teams: Readonly<Record<'ventas' | 'envios', string>>;
  readonly agents: Readonly<Record<'ana' | 'beto' | 'eva', SeededAgent>>;
  readonly channels: Readonly<Record<'tienda' | 'web', SeededChannel>>;
}

/** A running system and a browser before it; each test works in a workspace of its own. */
export class Offices {
  private readonly desks: Desk[] = [];

  private constructor(
    readonly system: TestSystem,
    private readonly browser: Browser,
  ) {}

  static async start(): Promise<Offices> {
    const system = await startTestSystem();
    try {
      return new Offices(system, await launchChromium());
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  /** Ana sells, Beto ships, Eva is the admin. */
  found(): Promise<Office> {
    return seedWorkspace(this.system, {
      name: 'Almacén Sur',
      teams: ['ventas', 'envios'],
      agents: { ana: { teams: ['ventas'] }, beto: { teams: ['ventas', 'envios'] }, eva: { role: 'admin' } },
      channels: { tienda: {}, web: { kind: 'webchat' } },
    });
  }

  async desk(options: DeskOptions = {}): Promise<Desk> {
    const desk = await Desk.open(this.browser, this.system.gatewayUrl(), options);
    this.desks.push(desk);
    return desk;
  }

  async signedIn(agent: SeededAgent, options: DeskOptions = {}, path = ''): Promise<Desk> {
    const desk = await this.desk(options);
    await desk.signIn(agent, path);
    return desk;
  }

  /** After each test: what browsers complained of, which must be nothing. */
  async leave(): Promise<string[]> {
    const desks = this.desks.splice(0);
    await Promise.all(desks.map((desk) => desk.close()));
    return desks.flatMap(({ complaints }) => complaints);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.system.stop();
  }
}
