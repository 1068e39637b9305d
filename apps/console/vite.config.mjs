import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const outDir = 'dist/app';

/** The emoji picker's names and search words, from our own host: nothing is asked of anybody else's. */
const emojiData = {
  name: 'relevo-emoji-data',
  closeBundle() {
    const from = dirname(createRequire(import.meta.url).resolve('emojibase-data/package.json'));
    for (const language of ['es', 'en', 'pt']) {
      for (const file of ['data.json', 'messages.json']) cpSync(join(from, language, file), join(outDir, 'emoji', language, file));
    }
  },
};

/** Under this nothing is gained. */
const worthIt = 1024;

/** Beside each file its compressed forms, so that the gateway need not make them for every reader. */
const compressed = {
  name: 'relevo-compressed',
  closeBundle() {
    for (const file of globSync(`${outDir}/**/*.{js,css,json,svg}`)) {
      const content = readFileSync(file);
      if (content.length < worthIt) continue;
      writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
    }
  },
};

export default defineConfig({
  base: '/app/',
  plugins: [react(), emojiData, compressed],
  resolve: { conditions: ['@relevo/source', 'module', 'browser', 'development|production'] },
  // apps/gateway/src/console puts another value in its place for each answer.
  html: { cspNonce: '__RELEVO_NONCE__' },
  build: {
    outDir,
    target: 'es2023',
    // From these on `light-dark()` is known; for older ones it would be rewritten into what follows no choice of theme.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // Never in the page or in a style: the page's policy lets nothing run or load that is not a file.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_200,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/v1': { target: process.env.GATEWAY ?? 'http://127.0.0.1:3000' }, '/socket.io': { target: process.env.GATEWAY ?? 'http://127.0.0.1:3000', ws: true } } },
});
