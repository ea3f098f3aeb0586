import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Builds the page. Nothing is inlined: the page's policy allows only files of its own origin. */
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
    // Shiki's grammars are separate chunks, loaded when a language is first shown.
    chunkSizeWarningLimit: 1200,
  },
  server: { host: '127.0.0.1' },
});

// Vite reads its configuration from the default export.
export default config;
