import react from '@vitejs/plugin-react';
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { appDir, root } from '../scripts/places.mjs';

/**
 * The font packages show another font first and swap, which is right on a network. Our fonts are on
 * the disk: text that waits a few milliseconds is calmer than text that changes its shape.
 */
const waitForFonts: Plugin = {
  name: 'wait-for-fonts',
  enforce: 'pre',
  transform: {
    filter: { id: /styles[\\/]fonts\.css$|@fontsource-variable/ },
    handler: (css) => css.replaceAll('font-display: swap', 'font-display: block'),
  },
};

export default defineConfig({
  root: path.join(root, 'renderer'),
  // The page is served at app://loci/; relative addresses would hold anywhere else too.
  base: './',
  plugins: [waitForFonts, react()],
  build: {
    outDir: path.join(appDir, 'renderer'),
    emptyOutDir: true,
    rollupOptions: {
      // The app, and the small window over other programs.
      input: ['index.html', 'capture.html'].map((page) => path.join(root, 'renderer', page)),
    },
    sourcemap: true,
    // The oldest Chromium this runs on: Electron 33's.
    target: 'chrome130',
    // The page's security policy refuses fonts that are written into the stylesheet.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
