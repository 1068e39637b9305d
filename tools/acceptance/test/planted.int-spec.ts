import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The checks that keep the structure must fail when they should: each is shown a planted fault. */
const root = resolve(process.cwd());

const lint = (file: string, source: string) =>
  spawnSync(process.execPath, [join(root, 'node_modules/eslint/bin/eslint.js'), '--stdin', '--stdin-filename', file, '--format', 'json'], {
    cwd: root,
    input: source,
    encoding: 'utf8',
  });

const rulesBroken = (file: string, source: string): string[] => {
  const { stdout, stderr } = lint(file, source);
  if (!stdout) throw new Error(stderr);
  const [report] = JSON.parse(stdout) as [{ messages: { ruleId: string }[] }];
  return report.messages.map(({ ruleId }) => ruleId);
};

describe('the lint', () => {
  it.each([
    ['an app that imports the journal it has no business with', 'apps/gateway/src/main.ts', "import { Journal } from '@relevo/journal';\nexport const planted = Journal;\n"],
    ['a contract that imports a service lib', 'libs/contracts/src/errors.ts', "import { newId } from '@relevo/platform';\nexport const planted = newId;\n"],
    ['an app that imports another app', 'apps/gateway/src/main.ts', "import { fold } from '../../conversations/src/conversation/fold.js';\nexport const planted = fold;\n"],
  ])('refuses %s', (_, file, source) => {
    expect(rulesBroken(file, source)).toContain('@nx/enforce-module-boundaries');
  });

  it('refuses a service that imports what is for tests', () => {
    const source = "import * as testing from '@relevo/testing';\nexport const planted = testing;\n";
    expect(rulesBroken('apps/conversations/src/main.ts', source)).toContain('no-restricted-imports');
    expect(rulesBroken('apps/conversations/test/conversations.int-spec.ts', source)).not.toContain('no-restricted-imports');
  });

  it('refuses any', () => {
    expect(rulesBroken('libs/contracts/src/errors.ts', 'export const planted = (x: any): string => String(x);\n')).toContain('@typescript-eslint/no-explicit-any');
  });
});

describe('the type check', () => {
  const folder = mkdtempSync(join(root, 'tools/acceptance/.planted-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const check = (source: string) => {
    writeFileSync(join(folder, 'planted.ts'), source);
    const tsconfig = {
      extends: '../../../tsconfig.base.json',
      compilerOptions: { composite: false, incremental: false, noEmit: true, emitDeclarationOnly: false, declaration: false },
      files: ['planted.ts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    return spawnSync(process.execPath, [join(root, 'node_modules/typescript-native/bin/tsc'), '-p', folder], { encoding: 'utf8' });
  };

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

  it('accepts a handler and a request of the contract', () => {
    expect(check(handler('ClaimConversation', 'ConversationChanged'))).toMatchObject({ status: 0, stdout: '' });
    expect(check(request("{ conversationId: 'c', commandId: 'command-1' }"))).toMatchObject({ status: 0, stdout: '' });
  });

  it.each([
    ['a handler of another request', handler('GetCustomer', 'ConversationChanged')],
    ['a handler with another reply', handler('ClaimConversation', 'ConversationPage')],
    ['a request with a wrong field', request("{ conversationId: 7, commandId: 'command-1' }")],
    ['a request without a field', request("{ conversationId: 'c' }")],
    ['a request with a field too many', request("{ conversationId: 'c', commandId: 'command-1', force: true }")],
  ])('refuses %s', (_, source) => {
    const { status, stdout } = check(source);
    expect(status).not.toBe(0);
    expect(stdout).toContain('planted.ts');
  });
});
