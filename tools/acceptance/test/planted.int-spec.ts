import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The checks that keep the structure must fail when they should: each is shown a planted fault. */
const root = resolve(process.cwd());

/** In one process for all: loading the types is most of what it costs. */
const lintAll = `
  import { text } from 'node:stream/consumers';
  import { ESLint } from 'eslint';
  const eslint = new ESLint();
  const broken = [];
  for (const [filePath, source] of JSON.parse(await text(process.stdin))) {
    const [report] = await eslint.lintText(source, { filePath });
    broken.push(report.messages.map(({ ruleId }) => ruleId));
  }
  console.log(JSON.stringify(broken));
`;

function rulesBroken(planted: readonly (readonly [file: string, source: string])[]): string[][] {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', lintAll], { cwd: root, input: JSON.stringify(planted), encoding: 'utf8' });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

describe('the lint', () => {
  const boundaries = '@nx/enforce-module-boundaries';
  const importsTesting = "import * as testing from '@relevo/testing';\nexport const planted = testing;\n";
  const faults = [
    ['an app that imports the journal it has no business with', boundaries, 'apps/gateway/src/main.ts', "import { Journal } from '@relevo/journal';\nexport const planted = Journal;\n"],
    ['a contract that imports a service lib', boundaries, 'libs/contracts/src/errors.ts', "import { newId } from '@relevo/platform';\nexport const planted = newId;\n"],
    ['an app that imports another app', boundaries, 'apps/gateway/src/main.ts', "import { fold } from '../../conversations/src/conversation/fold.js';\nexport const planted = fold;\n"],
    ['a service that imports what is for tests', 'no-restricted-imports', 'apps/conversations/src/main.ts', importsTesting],
    ['any', '@typescript-eslint/no-explicit-any', 'libs/contracts/src/errors.ts', 'export const planted = (x: any): string => String(x);\n'],
  ] as const;
  let broken: string[][];

  beforeAll(() => {
    broken = rulesBroken([...faults.map(([, , file, source]) => [file, source] as const), ['apps/conversations/test/conversations.int-spec.ts', importsTesting]]);
  });

  it.each(faults.map(([what, rule], index) => ({ what, rule, index })))('refuses $what', ({ rule, index }) => {
    expect(broken[index]).toContain(rule);
  });

  it('lets a test import what is for tests', () => {
    expect(broken[faults.length]).not.toContain('no-restricted-imports');
  });
});

describe('the type check', () => {
  const folder = mkdtempSync(join(root, 'tools/acceptance/.planted-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const handler = (request: string, reply: string) => `
    import { ClaimConversation, claimConversation, type Caller, type AgentActor, type ConversationChanged, type ConversationPage, GetCustomer } from '@relevo/contracts';
    import { Handles, type MessageBus } from '@relevo/messaging';
    export class Planted {
      @Handles(claimConversation)
      handle(request: ${request}, caller: Caller<AgentActor>): Promise<${reply}> {
        throw new Error(String(request) + String(caller));
      }
    }
    export const types: unknown[] = [GetCustomer, ClaimConversation];
    export type Bus = MessageBus;
    export type Page = ConversationPage;
  `;

  const request = (body: string) => `
    import { claimConversation, type Caller, type AgentActor } from '@relevo/contracts';
    import type { MessageBus } from '@relevo/messaging';
    export const ask = (bus: MessageBus, caller: Caller<AgentActor>) => bus.request(claimConversation, ${body}, caller);
  `;

  const sources = {
    'a handler of the contract': handler('ClaimConversation', 'ConversationChanged'),
    'a request of the contract': request("{ conversationId: 'c', commandId: 'command-1' }"),
    'a handler of another request': handler('GetCustomer', 'ConversationChanged'),
    'a handler with another reply': handler('ClaimConversation', 'ConversationPage'),
    'a request with a wrong field': request("{ conversationId: 7, commandId: 'command-1' }"),
    'a request without a field': request("{ conversationId: 'c' }"),
    'a request with a field too many': request("{ conversationId: 'c', commandId: 'command-1', force: true }"),
  };
  const names = Object.keys(sources);
  const fileOf = (name: string): string => `planted-${names.indexOf(name)}.ts`;

  it('refuses each fault, and nothing else', () => {
    for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, fileOf(name)), source);
    const tsconfig = {
      extends: '../../../tsconfig.base.json',
      compilerOptions: { composite: false, incremental: false, noEmit: true, emitDeclarationOnly: false, declaration: false },
      files: names.map(fileOf),
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript-native/bin/tsc'), '-p', folder], { encoding: 'utf8' });
    expect(status).not.toBe(0);
    const errors = stdout.split('\n').filter((line) => line.includes('error TS'));
    const refused = names.filter((name) => errors.some((line) => line.includes(fileOf(name))));
    expect(refused).toEqual(names.filter((name) => !name.endsWith('of the contract')));
    expect(errors.filter((line) => !line.includes('planted-'))).toEqual([]);
  });
});
