import { textsNow } from '../../shared/texts/index.ts';
import type { Recipe, RecipeFile } from '../../shared/schemas/specialization-use.ts';
import {
  type AdapterForUse,
  baseOf,
  baseWarnings,
  commands,
  hasMixedRanks,
  isPeftFolder,
  pythonQuoted,
  refusal,
  whyNotForText,
} from './adapter-for-use.ts';

const peft = { runtime: 'peft', title: 'PEFT (Python)' } as const;

/** For PEFT and Transformers. */
export function peftRecipe(adapter: AdapterForUse): Recipe {
  const reason = whyNotForText(adapter) ?? whyNotForPeft(adapter);
  if (reason !== undefined) return refusal(peft.runtime, peft.title, reason);
  const whole = isPeftFolder(adapter);
  const warnings = baseWarnings(adapter);
  if (!whole && adapter.report.alpha === null) warnings.push(textsNow().recipes.peft.alpha);
  const text = commands([...loadLines(adapter), '', ...askLines]);
  return {
    ...peft,
    fits: whole ? 'yes' : 'after-steps',
    warnings: whole ? warnings : [...warnings, textsNow().recipes.peft.noFolder],
    files: [{ name: 'use-adapter.py', language: 'python', text }],
  };
}

/** Undefined: it can be loaded. */
export function whyNotForPeft(adapter: AdapterForUse, reader = 'PEFT'): string | undefined {
  const { report, hasConfig } = adapter;
  if (report.format === 'gguf') return textsNow().recipes.peft.gguf;
  if (report.layout === 'mlx') return textsNow().recipes.peft.mlx(reader);
  if (!isPeftFolder(adapter) && !hasConfig && hasMixedRanks(adapter)) return textsNow().recipes.peft.ranks;
  return undefined;
}

/** A script that makes one model of base and adapter: what every runtime takes. */
export function mergeScript(adapter: AdapterForUse): RecipeFile {
  const text = commands([
    ...loadLines(adapter),
    '',
    'merged = model.merge_and_unload()',
    'merged.save_pretrained("merged")',
    'tokenizer.save_pretrained("merged")',
  ]);
  return { name: 'merge-adapter.py', language: 'python', text };
}

function loadLines(adapter: AdapterForUse): string[] {
  const base = pythonQuoted(baseOf(adapter));
  const common = [
    `tokenizer = AutoTokenizer.from_pretrained(${base})`,
    `base = AutoModelForCausalLM.from_pretrained(${base}, dtype="auto", device_map="auto")`,
  ];
  if (isPeftFolder(adapter))
    return [
      'from peft import PeftModel',
      'from transformers import AutoModelForCausalLM, AutoTokenizer',
      '',
      ...common,
      `model = PeftModel.from_pretrained(base, ${pythonQuoted(adapter.folder)})`,
    ];
  return [
    `from peft import ${adapter.hasConfig ? 'PeftConfig' : 'LoraConfig'}, get_peft_model, set_peft_model_state_dict`,
    'from safetensors.torch import load_file',
    'from transformers import AutoModelForCausalLM, AutoTokenizer',
    '',
    ...common,
    ...(adapter.hasConfig
      ? [`config = PeftConfig.from_pretrained(${pythonQuoted(adapter.folder)})`]
      : madeConfig(adapter)),
    'model = get_peft_model(base, config)',
    'weights = {}',
    `for file in [${adapter.fileNames.map((name) => pythonQuoted(inFolder(adapter, name))).join(', ')}]:`,
    '    weights.update(load_file(file))',
    'set_peft_model_state_dict(model, weights)',
  ];
}

function madeConfig({ report }: AdapterForUse): string[] {
  const rank = report.rank ?? 8;
  const targets = report.targets.map(({ name }) => pythonQuoted(name));
  return [
    'config = LoraConfig(',
    `    r=${rank},`,
    `    lora_alpha=${report.alpha ?? rank},`,
    `    target_modules=[${targets.join(', ')}],`,
    ...(report.isRankStabilized ? ['    use_rslora=True,'] : []),
    ...(report.isDora ? ['    use_dora=True,'] : []),
    '    task_type="CAUSAL_LM",',
    ')',
  ];
}

const askLines = [
  'messages = [{"role": "user", "content": "Hello"}]',
  'inputs = tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_tensors="pt", return_dict=True)',
  'output = model.generate(**inputs.to(model.device), max_new_tokens=200)',
  'print(tokenizer.decode(output[0][inputs["input_ids"].shape[1]:], skip_special_tokens=True))',
];

const diffusers = { runtime: 'diffusers', title: 'Diffusers (Python)' } as const;

/** For images. */
export function diffusersRecipe(adapter: AdapterForUse): Recipe | undefined {
  const { report } = adapter;
  if (report.purpose !== 'image') return undefined;
  const [weights = ''] = adapter.fileNames;
  const base = pythonQuoted(baseOf(adapter));
  return {
    ...diffusers,
    fits: 'yes',
    warnings: baseWarnings(adapter),
    files: [
      {
        name: 'use-adapter.py',
        language: 'python',
        text: commands([
          'import torch',
          'from diffusers import AutoPipelineForText2Image',
          '',
          `pipeline = AutoPipelineForText2Image.from_pretrained(${base}, torch_dtype=torch.float16)`,
          `pipeline.load_lora_weights(${pythonQuoted(adapter.folder)}, weight_name=${pythonQuoted(weights)})`,
          'pipeline("A lighthouse at dawn").images[0].save("image.png")',
        ]),
      },
    ],
  };
}

/** As it is written there: the folder's own kind of slash. */
function inFolder({ folder, file }: AdapterForUse, name: string): string {
  const slash = file.includes('\\') && !file.includes('/') ? '\\' : '/';
  return `${folder}${/[\\/]$/.test(folder) ? '' : slash}${name}`;
}
