import { access, readdir } from 'node:fs/promises';
import path from 'node:path';

/** The weights: the first of these that is there. */
export const weightNames = ['onnx/model_quantized.onnx', 'onnx/model.onnx'] as const;
const otherNames = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
const layout = 'config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx';

/** Whoever chooses the wrong folder mostly chooses one of its neighbours. */
const mostLookedInto = 100;

export const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** What is missing in a folder for it to be a model, and what to do, in sentences; undefined when nothing is. */
export async function findFaultOfLayout(folder: string): Promise<string | undefined> {
  const missing = await findMissing(folder);
  if (missing.length === 0) return undefined;
  const isAll = missing.length > otherNames.length;
  const what = isAll
    ? 'There is no model in this folder.'
    : `This folder lacks ${missing.slice(0, -1).join(', ')}${missing.length > 1 ? ' and ' : ''}${missing.at(-1)}.`;
  const near = await findNear(folder);
  return near === undefined
    ? `${what} Choose one that holds ${layout} (or onnx/model_quantized.onnx).`
    : `${what} The folder “${path.basename(near)}” ${near === path.dirname(folder) ? 'around' : 'in'} it holds one: choose that.`;
}

async function findMissing(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (const name of otherNames) if (!(await isThere(path.join(folder, name)))) missing.push(name);
  for (const name of weightNames) if (await isThere(path.join(folder, name))) return missing;
  return [...missing, 'onnx/model.onnx'];
}

async function findNear(folder: string): Promise<string | undefined> {
  const within = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = within.filter((entry) => entry.isDirectory()).slice(0, mostLookedInto);
  for (const near of [path.dirname(folder), ...folders.map(({ name }) => path.join(folder, name))])
    if ((await findMissing(near)).length === 0) return near;
  return undefined;
}
