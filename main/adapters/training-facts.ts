import { cleanName } from '../../shared/schemas/name.ts';
import { lastOf } from './base-models.ts';

/** What training tools write that says something to a person; what is only for them, or names paths, is left out. */
const tellingKeys = [
  'modelspec.title',
  'modelspec.author',
  'modelspec.description',
  'modelspec.license',
  'modelspec.trigger_phrase',
  'modelspec.date',
  'modelspec.architecture',
  'modelspec.resolution',
  'ss_output_name',
  'ss_base_model_version',
  'ss_network_module',
  'ss_training_comment',
  'ss_num_train_images',
  'ss_num_epochs',
  'ss_epoch',
  'ss_steps',
  'ss_max_train_steps',
  'ss_learning_rate',
  'ss_unet_lr',
  'ss_text_encoder_lr',
  'ss_lr_scheduler',
  'ss_optimizer',
  'ss_batch_size_per_device',
  'ss_resolution',
  'ss_clip_skip',
  'ss_seed',
  'ss_mixed_precision',
  'ss_training_started_at',
  'ss_training_finished_at',
  'general.name',
  'general.author',
  'general.description',
  'general.license',
  'general.version',
  'general.architecture',
];
const longest = 500;

export function trainingFacts(
  metadata: ReadonlyMap<string, string | number | boolean>,
  fromConfig: readonly (readonly [string, string])[],
): { key: string; value: string }[] {
  const found = tellingKeys.flatMap((key) => {
    const value = metadata.get(key);
    return value === undefined ? [] : [[key, String(value)] as const];
  });
  return [...found, ...fromConfig]
    .map(([key, value]) => ({ key, value: shortText(value) }))
    .filter(({ value }) => value !== '' && value !== 'None');
}

/** What the tensors' file itself says that it is for. */
export function baseModelIn(metadata: ReadonlyMap<string, string | number | boolean>): string | undefined {
  const keys = [
    'base_model_name_or_path',
    'general.base_model.0.name',
    'general.base_model.0.repo_url',
    'ss_sd_model_name',
    'ss_base_model_version',
    'modelspec.architecture',
  ];
  for (const key of keys) {
    const value = metadata.get(key);
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return undefined;
}

/** As a person is shown it: who wrote it, and no folders of theirs. `who/what` is a name and not a path. */
export function shownModelName(name: string): string | null {
  const trimmed = name.trim();
  const isName = /^[\w.-]+\/[\w.-]+$/.test(trimmed) && !/^\.{1,2}\//.test(trimmed);
  const shown = shortText(isName ? trimmed : lastOf(trimmed)).replace(/\.(?:safetensors|gguf|ckpt)$/, '');
  return shown === '' ? null : shown.slice(0, 200);
}

export function shortText(text: string): string {
  return cleanName(text.slice(0, longest * 2)).slice(0, longest);
}
