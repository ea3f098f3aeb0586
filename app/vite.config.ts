import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Builds the page. Nothing is inlined: the page is served under a policy that allows files of its own origin only. */
const config = defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: '../dist/app',
    emptyOutDir: true,
    sourcemap: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome130',
    // Shiki's grammars are chunks of their own, loaded when a language is first shown.
    chunkSizeWarningLimit: 1200,
  },
  server: { host: '127.0.0.1' },
});

// Vite reads its configuration from the default export.
export default config;
