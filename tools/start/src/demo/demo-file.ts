import { existsSync } from 'node:fs';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import type { ChannelKind, Role } from '@relevo/contracts';

export interface DemoAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: Role;
  readonly teamIds: readonly string[];
}

export interface DemoChannelKey {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly secret: string;
  readonly teamId?: string;
}

export interface SeededWorkspace {
  readonly id: string;
  readonly name: string;
  readonly agents: readonly DemoAccount[];
  readonly channels: readonly DemoChannelKey[];
}

/** `.local/demo.json`: where the demo is and how to get in, for people and for scripts. */
export interface DemoFile {
  readonly gatewayUrl: string;
  readonly gatewayUrls: readonly string[];
  /** Where one plays a customer of the first workspace, by its last web chat; absent where it has none. */
  readonly customerUrl?: string;
  readonly workspaces: readonly SeededWorkspace[];
  /** Those of the first workspace. */
  readonly agents: readonly DemoAccount[];
  readonly channels: readonly DemoChannelKey[];
}

export function demoFileOf(gatewayUrls: readonly string[], workspaces: readonly SeededWorkspace[]): DemoFile {
  const [gatewayUrl] = gatewayUrls;
  const [first] = workspaces;
  if (gatewayUrl === undefined || first === undefined) throw new Error('A demo needs a gateway and a workspace');
  const chat = first.channels.findLast(({ kind }) => kind === 'webchat');
  const customerUrl = chat && `${gatewayUrl}/demo/?channel=${encodeURIComponent(chat.id)}`;
  return { gatewayUrl, gatewayUrls, ...(customerUrl !== undefined && { customerUrl }), workspaces, agents: first.agents, channels: first.channels };
}

/** Undefined if there is none, or none that can be read: then the demo is seeded again, which changes nothing that is there. */
export async function readDemoFile(path: string): Promise<DemoFile | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(await readFile(path, 'utf8')) as DemoFile;
  } catch {
    return undefined;
  }
}

/** In one step, and for its owner's eyes: there are passwords in it. */
export async function writeDemoFile(path: string, demo: DemoFile): Promise<void> {
  const writing = `${path}.${process.pid}`;
  await writeFile(writing, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  await chmod(writing, 0o600);
  await rename(writing, path);
}
