/**
 * Every text of the catalogue is there in every language and used somewhere; part of building the app, and of the tests.
 * That the languages agree in their arguments, and that what is used exists, is for the compiler.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './places.mjs';

const catalogue = path.join(root, 'shared', 'texts');
const places = ['main', 'renderer', 'shared'].map((dir) => path.join(root, dir));

/**
 * @param {object} texts
 * @returns {string[]} "area.group.key"
 */
function keysOf(texts) {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? keysOf(value).map((inner) => `${key}.${inner}`) : [key],
  );
}

/** What the sources of the app say, without tests and the catalogue itself. */
function sources() {
  return places.flatMap((dir) =>
    fs
      .readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
      .map((name) => path.join(dir, name))
      .filter((file) => !isIn(catalogue, file) || path.dirname(file) === catalogue)
      .map((file) => fs.readFileSync(file, 'utf8')),
  );
}

/**
 * @param {string} dir
 * @param {string} file
 */
function isIn(dir, file) {
  return file.startsWith(dir + path.sep);
}

/**
 * Everything written as `texts.area.key` or `textsNow().area.key`; `texts.area.group` alone hands on all of the group,
 * and so does `texts.area.group[name]`.
 *
 * @param {string[]} contents
 */
export function usesIn(contents) {
  /** @type {Set<string>} */
  const uses = new Set();
  for (const content of contents)
    for (const [, names = ''] of content.matchAll(/\btexts(?:Now\(\))?((?:\s*\.\s*[A-Za-z]\w*)+)/g))
      uses.add(
        names
          .split('.')
          .slice(1)
          .map((name) => name.trim())
          .join('.'),
      );
  return uses;
}

/**
 * @param {readonly string[]} keys
 * @param {ReadonlySet<string>} uses
 */
export function unusedOf(keys, uses) {
  // A method of a text may follow: `texts.area.key.toLowerCase()`. A whole area is never handed on.
  const begun = new Set([...uses].flatMap(beginningsOf));
  return keys.filter((key) => !begun.has(key) && !beginningsOf(key).some((group) => uses.has(group)));
}

/**
 * "a.b" and "a.b.c" of "a.b.c".
 *
 * @param {string} dotted
 */
function beginningsOf(dotted) {
  const parts = dotted.split('.');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 2).join('.'));
}

/**
 * What is the matter, a line each.
 *
 * @returns {Promise<string[]>}
 */
export async function checkTexts() {
  const { textsIn } = await import(pathToFileURL(path.join(catalogue, 'index.ts')).href);
  const english = keysOf(textsIn.en);
  const uses = usesIn(sources());
  const unused = unusedOf(english, uses);
  /** @type {string[]} */
  const found = unused.map((key) => `texts.${key} is used nowhere.`);
  for (const [language, texts] of Object.entries(textsIn)) {
    const keys = keysOf(texts);
    found.push(
      ...english.filter((key) => !keys.includes(key)).map((key) => `texts.${key} is missing in ${language}.`),
      ...keys.filter((key) => !english.includes(key)).map((key) => `texts.${key} is only in ${language}.`),
      ...emptyOf(texts).map((key) => `texts.${key} is empty in ${language}.`),
    );
  }
  return found;
}

/**
 * @param {object} texts
 * @returns {string[]}
 */
function emptyOf(texts) {
  return Object.entries(texts).flatMap(([key, value]) => {
    if (typeof value === 'object' && value !== null) return emptyOf(value).map((inner) => `${key}.${inner}`);
    return typeof value === 'string' && value.trim() === '' ? [key] : [];
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = await checkTexts();
  for (const line of found) console.error(line);
  process.exitCode = found.length > 0 ? 1 : 0;
}
