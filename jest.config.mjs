import { readFileSync } from 'node:fs';

// Tests are compiled to CommonJS (docs/adr/0004-jest-in-commonjs.md): the build's settings, another module type.
const build = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
const transform = {
  jsc: build.jsc,
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
  swcrc: false,
};

// Published as ES modules only, so they are compiled like our own code.
const esmOnly = ['@nestjs', '@nats-io', 'nestjs-pino', 'load-esm', 'jose', 'es-toolkit', 'file-type', 'strtok3', 'token-types', 'uint8array-extras', '@tokenizer', '@borewit', 'opus-decoder', '@wasm-audio-decoders', '@eshaz', 'simple-yenc'];

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{apps,libs,tools}/*/{src,test}/**/*.{spec,int-spec}.ts'],
  transform: { '^.+\\.(ts|js|mjs)$': ['@swc/jest', transform] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['/dist/', '/\\.local/'],
  testEnvironmentOptions: { customExportConditions: ['@relevo/source', 'node', 'node-addons'] },
  // Only keeps a broken run from hanging: a busy machine takes many times as long as an idle one.
  testTimeout: 300_000,
  // As many as a small machine has cores. A file starts whole systems: more would only keep each other waiting. A larger machine
  // takes more (`--maxWorkers`).
  maxWorkers: 2,
  // A worker keeps something of each file.
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/jest.order.mjs',
  reporters: ['default', '<rootDir>/jest.results.mjs'],
};
