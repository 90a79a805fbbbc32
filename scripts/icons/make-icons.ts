/**
 * Renders the icons that ship from the drawings in resources/, the same bytes each time:
 * `node scripts/icons/make-icons.ts`. The results are committed; run it after changing a drawing.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { root } from '../places.mjs';

const resources = path.join(root, 'resources');
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];
/** macOS tells sizes apart by these names; the second of each pair of equal sizes is for dense screens. */
const macSizes: readonly (readonly [name: string, pixels: number])[] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];
/** On macOS the tile leaves room for a shadow: 824 of 1024, as Apple's template has it. */
const macTile = 824 / 1024;

await mkdir(path.join(resources, 'icons'), { recursive: true });
for (const pixels of linuxSizes) {
  await save(`icons/${pixels}x${pixels}.png`, await drawTile(pixels));
}
const windows = windowsSizes.map(async (pixels) => ({ pixels, png: await drawTile(pixels) }));
await save('icon.ico', packIco(await Promise.all(windows)));
const mac = macSizes.map(async ([name, pixels]) => ({ name, png: await drawMacTile(pixels) }));
await save('icon.icns', packIcns(await Promise.all(mac)));

for (const [scale, suffix] of [
  [1, ''],
  [2, '@2x'],
] as const) {
  const black = await readFile(path.join(resources, 'tray.svg'), 'utf8');
  // macOS recolours files named Template; Linux and Windows need one for light and one for dark panels.
  await save(`tray/trayTemplate${suffix}.png`, await render(black, 16 * scale));
  await save(`tray/tray-on-dark${suffix}.png`, await render(black.replaceAll('#000', '#fff'), 16 * scale));
}

async function drawTile(pixels: number): Promise<Buffer> {
  const drawing = pixels < 32 ? 'icon-small.svg' : 'icon.svg';
  return render(await readFile(path.join(resources, drawing), 'utf8'), pixels);
}

async function drawMacTile(pixels: number): Promise<Buffer> {
  const margin = Math.round((pixels * (1 - macTile)) / 2);
  const tile = await drawTile(pixels - 2 * margin);
  const around = { top: margin, bottom: margin, left: margin, right: margin };
  return sharp(tile)
    .extend({ ...around, background: '#0000' })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** The density makes the drawing come out at its size at once, instead of being scaled as pixels. */
function render(svg: string, pixels: number): Promise<Buffer> {
  const drawnAt = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  return sharp(Buffer.from(svg), { density: (72 * pixels) / drawnAt })
    .resize(pixels, pixels)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** A directory of 16 bytes an image, then the images, which may be PNG since Windows Vista. */
function packIco(images: readonly { pixels: number; png: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [at, { pixels, png }] of images.entries()) {
    const entry = 6 + 16 * at;
    // 256 does not fit a byte and is written as 0.
    header.writeUInt8(pixels % 256, entry);
    header.writeUInt8(pixels % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** 'icns' and the length of all, then for each image its name, its length with these 8 bytes, and the PNG. */
function packIcns(images: readonly { name: string; png: Buffer }[]): Buffer {
  const parts = images.map(({ name, png }) => Buffer.concat([nameAndLength(name, png.length), png]));
  const body = Buffer.concat(parts);
  return Buffer.concat([nameAndLength('icns', body.length), body]);
}

function nameAndLength(name: string, contentLength: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'ascii');
  head.writeUInt32BE(contentLength + 8, 4);
  return head;
}

async function save(name: string, bytes: Buffer): Promise<void> {
  const file = path.join(resources, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
  console.log(`${name} ${bytes.length} bytes`);
}
