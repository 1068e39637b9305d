// What pages that the gateway serves have in common: the console and the demo.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export const outDir = 'dist/app';

/** Under this nothing is gained. */
const worthIt = 1024;

/**
 * No page is more than this to load before anything is on the screen: its scripts, gzipped, without the parts that are
 * loaded when they are wanted.
 */
export const budgeted = (bytes) => ({
  name: 'relevo-budget',
  generateBundle(_, bundle) {
    const reached = new Set();
    const reach = (name) => {
      const { code, imports } = bundle[name];
      if (code === undefined || reached.has(name)) return;
      reached.add(name);
      imports.forEach(reach);
    };
    for (const { fileName, isEntry } of Object.values(bundle)) if (isEntry) reach(fileName);
    const size = [...reached].reduce((sum, name) => sum + gzipSync(bundle[name].code, { level: 9 }).length, 0);
    if (size > bytes) this.error(`The scripts of the first load are ${size} bytes gzipped, more than ${bytes}: load a part of them when it is wanted`);
  },
});

/** Beside each file its compressed forms, so that the gateway need not make them for every reader. */
export const compressed = {
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

const gateway = process.env.GATEWAY ?? 'http://127.0.0.1:3000';

/** For `defineConfig`, to be added to. */
export const frontend = {
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
  server: { proxy: { '/v1': { target: gateway }, '/socket.io': { target: gateway, ws: true } } },
};
