import { describe, expect, test } from 'vitest';
import type { AdapterReport } from '../../shared/schemas/adapter.ts';
import type { Recipe, Runtime } from '../../shared/schemas/specialization-use.ts';
import type { AdapterForUse } from './adapter-for-use.ts';
import { speak } from '../../shared/texts/index.ts';
import { recipesFor } from './recipes.ts';

const report: AdapterReport = {
  format: 'safetensors',
  layout: 'peft',
  purpose: 'text',
  files: 1,
  baseModel: 'meta-llama/Llama-3.1-8B-Instruct',
  rank: 16,
  alpha: 32,
  ranks: [{ value: 16, modules: 64 }],
  alphas: [{ value: 32, modules: 64 }],
  isRankStabilized: false,
  isDora: false,
  modules: 64,
  targets: [
    { name: 'q_proj', modules: 32, inFeatures: 4096, outFeatures: 4096 },
    { name: 'v_proj', modules: 32, inFeatures: 4096, outFeatures: 1024 },
  ],
  map: { layers: [], targets: [], ranks: [], isCut: false },
  wholeWeights: [],
  dtypes: [{ dtype: 'BF16', tensors: 128 }],
  tensors: 128,
  parameterCount: 6_815_744,
  fileSizeBytes: 13_648_688,
  training: [],
  notes: [],
  verdict: { kind: 'fits', message: 'Fits Llama-3.1-8B (hidden 4096, 32 layers).', models: ['Llama-3.1-8B'] },
};

interface Change extends Partial<Omit<AdapterForUse, 'report'>> {
  readonly report?: Partial<AdapterReport>;
}

function adapter({ report: changed, ...change }: Change = {}): AdapterForUse {
  return {
    name: 'Contract Law, 2026',
    folder: '/home/ada/My adapters/law',
    file: '/home/ada/My adapters/law/adapter_model.safetensors',
    fileNames: ['adapter_model.safetensors'],
    hasConfig: true,
    baseModel: 'meta-llama/Llama-3.1-8B-Instruct',
    shell: 'posix',
    ...change,
    report: { ...report, ...changed },
  };
}

function recipe(runtime: Runtime, change?: Change): Recipe {
  const found = recipesFor(adapter(change)).find((each) => each.runtime === runtime);
  if (!found) throw new Error(`There is no recipe for ${runtime}`);
  return found;
}
const textOf = ({ files }: Recipe) => files.map(({ text }) => text).join('\n');
const said = ({ warnings }: Recipe) => warnings.join(' ');

const ggufLora: Change = {
  report: { format: 'gguf', layout: 'gguf' },
  file: '/home/ada/My adapters/law.gguf',
  folder: '/home/ada/My adapters',
  fileNames: ['law.gguf'],
  hasConfig: false,
};

describe('a PEFT folder for Llama', () => {
  test('is used by Ollama as it lies there', () => {
    const made = recipe('ollama');
    expect(made).toMatchObject({ fits: 'yes', warnings: [] });
    expect(made.files[0]).toEqual({
      name: 'Modelfile',
      language: 'modelfile',
      text: 'FROM llama3.1:8b\nADAPTER /home/ada/My adapters/law\n',
    });
    expect(textOf(made)).toContain('ollama create contract-law-2026 -f Modelfile');
  });

  test('is converted for llama.cpp, with its path in quotes', () => {
    const made = recipe('llama.cpp');
    expect(made.fits).toBe('after-steps');
    expect(textOf(made)).toContain(
      "python convert_lora_to_gguf.py --base-model-id meta-llama/Llama-3.1-8B-Instruct --outfile contract-law-2026-lora.gguf '/home/ada/My adapters/law'",
    );
    expect(textOf(made)).toContain('llama-server -m BASE_MODEL.gguf --lora contract-law-2026-lora.gguf');
  });

  test('is served by vLLM with room for its rank', () => {
    expect(textOf(recipe('vllm'))).toBe(
      "vllm serve meta-llama/Llama-3.1-8B-Instruct --enable-lora --max-lora-rank 16 --lora-modules 'contract-law-2026=/home/ada/My adapters/law'\n",
    );
    expect(textOf(recipe('vllm', { report: { rank: 48, ranks: [{ value: 48, modules: 64 }] } }))).toContain(
      '--max-lora-rank 64',
    );
  });

  test('is loaded by PEFT', () => {
    const made = recipe('peft');
    expect(made.fits).toBe('yes');
    expect(textOf(made)).toContain('PeftModel.from_pretrained(base, "/home/ada/My adapters/law")');
  });
});

describe('a GGUF adapter', () => {
  test('is used by Ollama and llama.cpp', () => {
    expect(recipe('ollama', ggufLora).files[0]?.text).toContain('ADAPTER /home/ada/My adapters/law.gguf');
    expect(recipe('llama.cpp', ggufLora).fits).toBe('yes');
    expect(textOf(recipe('llama.cpp', ggufLora))).toContain("--lora '/home/ada/My adapters/law.gguf'");
  });

  test('is not for PEFT and vLLM, and they say so', () => {
    for (const runtime of ['peft', 'vllm'] as const) {
      const made = recipe(runtime, ggufLora);
      expect(made).toMatchObject({ fits: 'no', files: [] });
      expect(said(made)).toContain('GGUF');
    }
  });
});

describe('what a runtime does not know', () => {
  test('is merged into the base model: DoRA', () => {
    for (const runtime of ['ollama', 'llama.cpp', 'vllm'] as const) {
      const made = recipe(runtime, { report: { isDora: true } });
      expect(made.fits).toBe('after-steps');
      expect(said(made)).toContain('DoRA');
      expect(textOf(made)).toContain('merge_and_unload');
    }
    expect(recipe('peft', { report: { isDora: true } }).fits).toBe('yes');
  });

  test('is one file of GGUF for Ollama, which reads no merged safetensors', () => {
    const made = recipe('ollama', { report: { isDora: true } });
    expect(textOf(made)).toContain('python convert_hf_to_gguf.py merged --outfile contract-law-2026.gguf');
    expect(textOf(made)).toContain('FROM ./contract-law-2026.gguf\n');
  });

  test('is converted for Ollama: an alpha that is no whole number, or a Llama that it does not convert', () => {
    expect(recipe('ollama', { report: { alpha: 22.5 } }).fits).toBe('after-steps');
    expect(recipe('ollama', { baseModel: 'meta-llama/Llama-4-Scout-17B' }).fits).toBe('after-steps');
  });

  test('is made up for: rank-stabilized scaling', () => {
    const stabilized: Change = { report: { isRankStabilized: true } };
    expect(textOf(recipe('llama.cpp', stabilized))).toContain('--lora-scaled contract-law-2026-lora.gguf:4');
    expect(textOf(recipe('ollama', stabilized))).toContain('merge_and_unload');
    expect(recipe('vllm', stabilized).fits).toBe('yes');
  });

  test('is told: whole weights, different ranks and alphas, ranks beyond all', () => {
    expect(said(recipe('vllm', { report: { wholeWeights: ['lm_head'] } }))).toContain('modules_to_save');
    const mixed = { ranks: [...report.ranks, { value: 8, modules: 1 }] };
    expect(said(recipe('vllm', { report: mixed }))).toContain('different ranks');
    expect(
      said(recipe('llama.cpp', { report: { alphas: [...report.alphas, { value: 8, modules: 1 }] } })),
    ).toContain('different alphas');
    expect(said(recipe('vllm', { report: { rank: 1024, ranks: [{ value: 1024, modules: 1 }] } }))).toContain(
      'up to 512',
    );
  });

  test('is converted first: another family than Ollama reads', () => {
    const qwen: Change = {
      baseModel: 'Qwen/Qwen2.5-7B-Instruct',
      report: {
        baseModel: 'Qwen/Qwen2.5-7B-Instruct',
        verdict: { kind: 'fits', message: '', models: ['Qwen2.5-7B'] },
      },
    };
    const made = recipe('ollama', qwen);
    expect(made.fits).toBe('after-steps');
    expect(made.files[0]?.text).toBe('FROM qwen2.5:7b\nADAPTER ./contract-law-2026-lora.gguf\n');
    expect(textOf(made)).toContain('convert_lora_to_gguf.py');
  });
});

describe('files that are not as PEFT has them', () => {
  test('a single file is put together by the script', () => {
    const made = recipe('peft', {
      hasConfig: false,
      file: '/a/law.safetensors',
      folder: '/a',
      fileNames: ['law.safetensors'],
    });
    expect(made.fits).toBe('after-steps');
    expect(textOf(made)).toContain('r=16,');
    expect(textOf(made)).toContain('load_file(file)');
    expect(textOf(made)).toContain('"/a/law.safetensors"');
  });

  test('one for images runs in Diffusers alone', () => {
    const made = recipesFor(adapter({ report: { purpose: 'image', layout: 'kohya' } }));
    expect(made.map(({ runtime, fits }) => [runtime, fits])).toEqual([
      ['diffusers', 'yes'],
      ['ollama', 'no'],
      ['llama.cpp', 'no'],
      ['vllm', 'no'],
      ['peft', 'no'],
    ]);
    expect(textOf(made[0] ?? recipe('peft'))).toContain('weight_name="adapter_model.safetensors"');
  });

  test('one of MLX is for Ollama, and not for PEFT', () => {
    const mlx: Change = { report: { layout: 'mlx' }, fileNames: ['adapters.safetensors'] };
    expect(recipe('ollama', mlx).fits).toBe('yes');
    expect(said(recipe('peft', mlx))).toContain('MLX');
  });
});

describe('paths and names', () => {
  const strange = `/home/ada/it's "here" $(rm -rf ~) \`x\``;

  test('cannot break out of a command', () => {
    expect(textOf(recipe('vllm', { folder: strange }))).toContain(
      `'contract-law-2026=/home/ada/it'\\''s "here" $(rm -rf ~) \`x\`'`,
    );
    expect(textOf(recipe('vllm', { folder: strange, shell: 'powershell' }))).toContain(
      `'contract-law-2026=/home/ada/it''s "here" $(rm -rf ~) \`x\`'`,
    );
    expect(recipe('vllm', { shell: 'powershell' }).files[0]?.name).toBe('run.ps1');
  });

  test('cannot break out of a script', () => {
    expect(textOf(recipe('peft', { folder: 'C:\\a\n"b' }))).toContain('"C:\\\\a\\n\\"b"');
    expect(textOf(recipe('peft', { baseModel: '"); import os #' }))).toContain('"\\"); import os #"');
  });

  test('cannot be taken for an option of a command', () => {
    const made = recipe('vllm', { baseModel: '--trust-remote-code' });
    expect(textOf(made)).toContain('vllm serve BASE_MODEL ');
    expect(textOf(made)).not.toContain('trust-remote-code');
  });

  test('cannot add a line to a Modelfile unseen', () => {
    const made = recipe('ollama', { folder: '/a\nFROM evil' });
    expect(made).toMatchObject({ fits: 'no', files: [] });
    expect(said(made)).toContain('cannot say the path');
  });

  test('of the base model are asked for where nobody knows them', () => {
    const unknown: Change = {
      baseModel: null,
      report: { baseModel: null, verdict: { kind: 'unknown-shapes', message: '', models: [] } },
    };
    expect(recipe('ollama', unknown).files[0]?.text).toContain('FROM BASE_MODEL');
    for (const runtime of ['ollama', 'llama.cpp', 'vllm', 'peft'] as const)
      expect(said(recipe(runtime, unknown))).toContain('BASE_MODEL');
  });

  test('warn where the shapes say another model', () => {
    const message = 'Its shapes say hidden 4096, but it says that it is for Qwen2-1.5B, with hidden 1536.';
    const made = recipe('vllm', { report: { verdict: { kind: 'contradicts', message, models: [] } } });
    expect(made.warnings).toContain(message);
  });
});

test('what to know before is said in the language of the window, and the commands stay as they are', () => {
  const change: Change = { report: { layout: 'mlx' }, fileNames: ['adapters.safetensors'] };
  const [english, german] = (['en', 'de'] as const).map((language) => {
    speak(language);
    return recipesFor(adapter({ ...change, baseModel: 'my model' }));
  });
  speak('en');
  expect(german?.map(({ runtime, fits, files }) => [runtime, fits, files])).toEqual(
    english?.map(({ runtime, fits, files }) => [runtime, fits, files]),
  );
  const words = new Set(english?.flatMap(({ warnings }) => warnings));
  expect(german?.flatMap(({ warnings }) => warnings).filter((warning) => words.has(warning))).toEqual([]);
  expect(german?.flatMap(({ warnings }) => warnings).join(' ')).toContain('vLLM liest sie nicht');
});
