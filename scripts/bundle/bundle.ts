/** Bundles the three runtimes of the app: main (with the embedding worker), preload and page. */
import fs from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { build as buildPage } from 'vite';
import { appDir, root } from '../places.mjs';
import { mainBundles, runsWasm, type Bundle } from './main-bundles.ts';
import { notePackages, writeNotices, writePackageList } from './notices.ts';

const making = `${appDir}.making`;
fs.rmSync(making, { recursive: true, force: true });
const bundled = new Set<string>();
await Promise.all([...mainBundles.map(bundle), bundlePage()]);
copyRuntime(path.join(making, 'main', 'node_modules'));
writeNotices(bundled, path.join(making, 'third-party-notices.txt'));
writePackageList(bundled, path.join(making, 'shipped-packages.json'));
fs.rmSync(appDir, { recursive: true, force: true });
fs.renameSync(making, appDir);

async function bundle({ input, output, name, ...options }: Bundle): Promise<void> {
  const built = await rolldown({
    ...options,
    input: { [name]: path.join(root, input) },
    cwd: root,
    plugins: [notePackages(bundled)],
  });
  await built.write({
    dir: path.join(making, output),
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    sourcemap: true,
    // Errors name functions and classes in the log, and the ORM names entities by their class.
    minify: false,
    keepNames: true,
  });
  await built.close();
}

/** What the model runs on is native code or WebAssembly: neither can be bundled, so this machine's part goes along. */
function copyRuntime(into: string): void {
  const packages: Record<string, string[]> = runsWasm
    ? { 'onnxruntime-web': ['dist/ort-wasm.wasm', 'dist/ort-wasm-simd.wasm'] }
    : {
        'onnxruntime-node': ['package.json', 'dist', `bin/napi-v3/${process.platform}/${process.arch}`],
        'onnxruntime-common': ['package.json', 'dist/ort-common.node.js'],
      };
  for (const [name, parts] of Object.entries(packages)) {
    for (const part of parts) {
      fs.cpSync(path.join(root, 'node_modules', name, part), path.join(into, name, part), {
        recursive: true,
        filter: (source) => !/\.(map|d\.ts)$/.test(source),
      });
    }
  }
}

async function bundlePage(): Promise<void> {
  await buildPage({
    configFile: path.join(root, 'renderer', 'vite.config.ts'),
    plugins: [notePackages(bundled)],
    build: { outDir: path.join(making, 'renderer'), emptyOutDir: true },
    logLevel: 'warn',
  });
}
