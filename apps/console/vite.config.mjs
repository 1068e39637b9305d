import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { budgeted, compressed, frontend, outDir } from '../../vite.frontend.mjs';

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

export default defineConfig({ ...frontend, base: '/app/', plugins: [react(), emojiData, budgeted(350_000), compressed] });
