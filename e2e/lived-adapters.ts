import fs from 'node:fs';
import path from 'node:path';
import {
  gguf,
  ggufTensors,
  llama8B,
  peftConfig,
  peftTensors,
  safetensorsHeader,
  sizeOfAll,
  writeFolder,
  writePeft,
  writeSparse,
  type MadeAdapter,
  type MadeModel,
} from '../main/adapters/testing.ts';
import type { Loci } from './fixtures.ts';
import { ask } from './pages/ask.ts';
import { SpecializationsPage } from './pages/specializations-page.ts';

const attention = ['q_proj', 'k_proj', 'v_proj', 'o_proj'];
const all = [...attention, 'gate_proj', 'up_proj', 'down_proj'];
const qwen: MadeModel = { hidden: 1536, layers: 28, intermediate: 8960, queries: 1536, keysAndValues: 256 };

interface Lived {
  readonly name: string;
  readonly domain: string;
  readonly adapter: MadeAdapter;
  readonly base?: string;
  /** Memories with these words in them belong to it. */
  readonly about?: RegExp;
}

const lived: readonly Lived[] = [
  {
    name: 'Garden through the year',
    domain: 'When to sow, cut and water',
    adapter: {
      model: llama8B,
      targets: all,
      rank: 4,
      dtype: 'F16',
      seed: 1,
      rankOf: (target) => (/^[qv]_/.test(target) ? 8 : /^(?:gate|up|down)_/.test(target) ? 2 : 4),
    },
    about: /garlic|tomato|roses|compost|lawn/i,
  },
  {
    name: 'Garden, first try',
    domain: 'When to sow, cut and water',
    adapter: { model: llama8B, targets: attention, rank: 8, dtype: 'F16' },
  },
  {
    name: 'Letters to friends',
    domain: 'My own way of writing',
    adapter: { model: llama8B, targets: all, rank: 64, dtype: 'BF16', withMagnitudes: true },
    about: /birthday|Anna|Jonas|Lena/,
  },
  {
    name: 'House and its repairs',
    domain: 'Boiler, paint and keys',
    adapter: { model: llama8B, targets: attention, rank: 16, dtype: 'F16' },
    about: /boiler|paint|window/i,
  },
  {
    name: 'Recipes by heart',
    domain: 'Cooking',
    adapter: { model: qwen, targets: all, rank: 32, dtype: 'BF16' },
    base: 'Qwen/Qwen2-1.5B-Instruct',
  },
  {
    name: 'Choir rehearsal notes',
    domain: 'Music',
    adapter: { model: qwen, targets: ['q_proj', 'v_proj'], rank: 8, dtype: 'F32' },
    base: 'Qwen/Qwen2-1.5B-Instruct',
  },
  {
    name: 'Travel diary',
    domain: 'Trains, ferries and hotels',
    adapter: { model: llama8B, targets: all, rank: 128, dtype: 'BF16' },
  },
];

/** Some adapters, one of them gone, one with nothing yet; the first two are worth comparing. */
export async function addAdapters(
  loci: Loci,
  folder: string,
): Promise<{ readonly ids: readonly string[]; readonly pickle: string; readonly folder: string }> {
  const page = new SpecializationsPage(loci);
  const { memories } = (await ask(loci, 'memories.list', { limit: 200 })) as {
    memories: { id: string; preview: string }[];
  };
  const ids: string[] = [];
  for (const { name, domain, adapter, base, about } of lived) {
    const place = writeAdapter(path.join(folder, name), adapter, base);
    const id = await add(loci, page, place, name, domain);
    ids.push(id);
    const memoryIds = memories.flatMap((memory) => (about?.test(memory.preview) ? memory.id : []));
    if (memoryIds.length > 0) await ask(loci, 'specializations.link', { id, memoryIds, role: 'training' });
  }
  const file = path.join(folder, 'tax-law.gguf');
  writeFolder(folder, {
    'tax-law.gguf': gguf(ggufTensors({ rank: 16, seed: 5 })),
    'adapter_model.bin': Buffer.from('80027d71002e', 'hex'),
  });
  await add(loci, page, file, 'Tax law', 'Which form goes where');
  await ask(loci, 'specializations.create', { name: 'Bees', domain: 'From swarm to honey' });
  fs.renameSync(path.join(folder, 'Travel diary'), path.join(folder, 'on another drive'));
  await ask(loci, 'specializations.checkAdapterFiles');
  const [first = ''] = ids;
  const [seen] = (await ask(loci, 'specializations.find', { ids: [first] })) as { version: number }[];
  await ask(loci, 'specializations.update', {
    id: first,
    version: seen?.version,
    description:
      'Learnt from two years of notes on beds, hedges and fruit trees. Answers in the words of the notes, with dates.',
    tags: ['garden', 'mine'],
  });
  return {
    ids,
    pickle: path.join(folder, 'adapter_model.bin'),
    folder: writePeft(
      path.join(folder, 'shopping lists'),
      { model: llama8B, rank: 2, dtype: 'F16', seed: 9 },
      { r: 2 },
    ),
  };
}

/** With a seed its numbers are written; without, it is as large as a real one and takes no room. */
function writeAdapter(
  place: string,
  adapter: MadeAdapter,
  base = 'meta-llama/Llama-3.1-8B-Instruct',
): string {
  const config = {
    r: adapter.rank,
    lora_alpha: 2 * (adapter.rank ?? 4),
    target_modules: adapter.targets,
    base_model_name_or_path: base,
    use_dora: adapter.withMagnitudes ?? false,
    ...(adapter.rankOf
      ? { rank_pattern: { q_proj: 8, v_proj: 8, gate_proj: 2, up_proj: 2, down_proj: 2 } }
      : {}),
  };
  if (adapter.seed !== undefined) return writePeft(place, adapter, config);
  const tensors = peftTensors(adapter);
  writeFolder(place, { 'adapter_config.json': peftConfig(config) });
  writeSparse(path.join(place, 'adapter_model.safetensors'), safetensorsHeader(tensors), sizeOfAll(tensors));
  return place;
}

async function add(
  loci: Loci,
  page: SpecializationsPage,
  place: string,
  name: string,
  domain: string,
): Promise<string> {
  await page.willChoose(place);
  const what = fs.statSync(place).isDirectory() ? 'folder' : 'file';
  const { token } = (await ask(loci, 'specializations.chooseAdapter', { what })) as { token: string };
  const { specialization } = (await ask(loci, 'specializations.addAdapter', {
    token,
    keep: 'reference',
    to: { name, domain },
  })) as { specialization: { id: string } };
  return specialization.id;
}
