import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Who may import whom: one line per project, no wildcards (docs/architecture.md, "Where code may go").
const mayImport = {
  contracts: [],
  client: ['contracts', 'testing'],
  platform: ['contracts'],
  messaging: ['contracts', 'local-stack', 'platform'],
  journal: ['contracts', 'local-stack', 'messaging', 'platform', 'testing'],
  console: ['client', 'contracts', 'testing'],
  demo: ['client'],
  gateway: ['contracts', 'local-stack', 'messaging', 'platform'],
  conversations: ['contracts', 'journal', 'messaging', 'platform', 'testing'],
  customers: ['contracts', 'journal', 'messaging', 'platform', 'testing'],
  routing: ['contracts', 'journal', 'messaging', 'platform', 'testing'],
  scheduler: ['contracts', 'messaging', 'platform', 'testing'],
  channels: ['contracts', 'journal', 'messaging', 'platform', 'testing'],
  'documentdb-gateway': [],
  'local-stack': ['documentdb-gateway'],
  start: ['contracts', 'messaging', 'platform', 'local-stack'],
  operator: ['contracts', 'messaging', 'platform', 'testing'],
  testing: ['contracts', 'messaging', 'platform', 'local-stack', 'start'],
  acceptance: ['client', 'contracts', 'messaging', 'testing'],
  bench: ['contracts', 'messaging', 'platform', 'local-stack', 'start', 'testing'],
};

export default defineConfig([
  globalIgnores(['**/dist/**', '**/node_modules/**', '.nx/**', '.local/**', '**/*.mjs']),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allow: [],
          depConstraints: Object.entries(mayImport).map(([project, libs]) => ({
            sourceTag: `scope:${project}`,
            onlyDependOnLibsWithTags: libs.map((lib) => `scope:${lib}`),
          })),
        },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    // The lists above are of whole projects; what a project's tests may import, its product may not.
    files: ['{apps,libs,tools}/*/src/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.ts', 'libs/testing/**', 'tools/start/**', 'tools/local-stack/**', 'tools/bench/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: ['@relevo/testing', '@relevo/local-stack', '@relevo/start'].map((name) => ({ name, message: 'Only tests may import this.' })) },
      ],
    },
  },
  {
    // It runs in browsers, where the classes of the contracts and what they validate with have no business.
    files: ['libs/client/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            { name: '@relevo/contracts', allowTypeImports: true, message: 'Import types only: this runs in browsers.' },
            { name: '@relevo/testing', message: 'Only tests may import this.' },
          ],
        },
      ],
    },
  },
  {
    // What faces visitors reaches NATS by its own user alone, who may ask for nothing internal.
    files: ['apps/gateway/src/widget/**/*.ts'],
    ignores: ['**/*.spec.ts', 'apps/gateway/src/widget/widget-bus.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: '@relevo/messaging', importNames: ['MessageBus', 'NATS_CONNECTION', 'MessagingModule', 'EventPublisher', 'DeadLetters'], message: 'Use WidgetBus and WIDGET_NATS.' },
            ...['@relevo/testing', '@relevo/local-stack', '@relevo/start'].map((name) => ({ name, message: 'Only tests may import this.' })),
          ],
          patterns: [
            { group: ['**/live/*', '**/operations/*', '**/inbound/*', '**/auth/*', '!**/auth/recent-reads.js', '**/socket/agent*', '**/socket/socket-requests.js'], message: 'This is for agents.' },
          ],
        },
      ],
    },
  },
  {
    files: ['apps/{console,demo}/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['**/*.spec.ts', '**/*.int-spec.ts', '**/test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
]);
