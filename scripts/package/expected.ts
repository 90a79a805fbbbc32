/**
 * What may be in a package, and nothing else. A file that no line here expects makes the test of the package fail:
 * sources, tests, another system's programs, or something private would otherwise ship unseen.
 */

export interface Expected {
  /** What Electron itself brings, by patterns of paths from the top of the package. */
  readonly electron: readonly RegExp[];
  /** In our folder of resources; the server and the model are compared with their own lists besides. */
  readonly resources: readonly RegExp[];
  /** In the archive of the app. */
  readonly archive: readonly RegExp[];
}

const runtimeOf = (platform: string, arch: string) =>
  `build/app/main/node_modules/onnxruntime-node/bin/napi-v3/${platform}/${arch}`;

export function expectedIn(platform: NodeJS.Platform, arch: string): Expected {
  return {
    electron: electronFiles[platform] ?? [],
    resources: [
      /^app\.asar$/,
      new RegExp(`^app\\.asar\\.unpacked/${runtimeOf(platform, arch)}/[^/]+\\.(node|dll|so[.\\d]*|dylib)$`),
      /^postgres\//,
      /^model\/all-MiniLM-L6-v2\//,
      /^third-party-notices\.txt$/,
      /^LICENSE$/,
      // Only where an address and a key for updates were given, and how this package was installed.
      /^app-update\.yml$/,
      /^package-type$/,
      ...(platform === 'darwin' ? [/^icon\.icns$/, /^[\w-]+\.lproj\//] : []),
    ],
    archive: [
      /^package\.json$/,
      /^build\/app\/main\/[\w-]+\.cjs$/,
      // The app shows it; the same lies beside the archive for whoever looks there.
      /^build\/app\/third-party-notices\.txt$/,
      /^build\/app\/preload\/index\.cjs$/,
      /^build\/app\/renderer\/(index|capture)\.html$/,
      /^build\/app\/renderer\/assets\/[\w-]+\.(js|css|woff2|svg|png)$/,
      /^build\/app\/main\/node_modules\/onnxruntime-common\/(package\.json|dist\/ort-common\.node\.js)$/,
      /^build\/app\/main\/node_modules\/onnxruntime-node\/(package\.json|dist\/\w+\.js)$/,
      new RegExp(`^${runtimeOf(platform, arch)}/[^/]+\\.(node|dll|so[.\\d]*|dylib)$`),
      ...(platform === 'darwin'
        ? [/^build\/app\/main\/node_modules\/onnxruntime-web\/dist\/ort-wasm(-simd)?\.wasm$/]
        : []),
      /^resources\/icons\/256x256\.png$/,
      /^resources\/tray\/tray[\w-]+(@2x)?\.png$/,
    ],
  };
}

const everywhere = [
  /^LICENSE\.electron\.txt$/,
  /^LICENSES\.chromium\.html$/,
  /^locales\/[\w-]+\.pak$/,
  /^(resources|chrome_100_percent|chrome_200_percent)\.pak$/,
  /^icudtl\.dat$/,
  /^(snapshot_blob|v8_context_snapshot)\.bin$/,
  /^vk_swiftshader_icd\.json$/,
];

const electronFiles: Partial<Record<NodeJS.Platform, RegExp[]>> = {
  linux: [
    ...everywhere,
    /^loci$/,
    /^chrome-sandbox$/,
    /^chrome_crashpad_handler$/,
    /^lib(EGL|GLESv2|ffmpeg|vk_swiftshader)\.so$/,
    /^libvulkan\.so\.1$/,
  ],
  win32: [
    ...everywhere,
    /^Loci\.exe$/,
    /^(ffmpeg|libEGL|libGLESv2|vk_swiftshader|vulkan-1|d3dcompiler_47|dxcompiler|dxil)\.dll$/,
  ],
  darwin: [
    /^LICENSE(S\.chromium\.html|\.electron\.txt)$/,
    /^Loci\.app\/Contents\/(Info\.plist|PkgInfo|MacOS\/Loci|_CodeSignature\/CodeResources|CodeResources)$/,
    /^Loci\.app\/Contents\/Frameworks\//,
  ],
};
