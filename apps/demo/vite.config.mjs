import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed, frontend } from '../../vite.frontend.mjs';

export default defineConfig({ ...frontend, base: '/demo/', plugins: [react(), compressed] });
