import { specializationStatuses } from '../../schemas/specialization.ts';

export const specializationOperatorNames = [
  'base',
  'domain',
  'tag',
  'target',
  'format',
  'dtype',
  'status',
  'rank',
  'alpha',
  'size',
  'params',
  'memories',
  'missing',
  'is',
  'in',
] as const;
export type SpecializationOperatorName = (typeof specializationOperatorNames)[number];

export const readFormats = ['safetensors', 'gguf'] as const;
export const kindNames = ['dora', 'rslora', 'image', 'copied', 'linked'] as const;
export const answers = ['yes', 'no'] as const;
export const placeNames = ['trash'] as const;

interface OperatorGuide {
  /** What it does, for a list of operators to choose from. */
  readonly meaning: string;
  readonly example: string;
  /** All its values, or the usual ones; empty where the library knows them. */
  readonly values: readonly string[];
}

export const specializationOperatorGuides: Readonly<Record<SpecializationOperatorName, OperatorGuide>> = {
  base: { meaning: 'For this base model', example: 'base:llama', values: [] },
  domain: { meaning: 'Of this domain', example: 'domain:law', values: [] },
  tag: { meaning: 'With this tag', example: 'tag:trusted', values: [] },
  target: { meaning: 'That adapts these modules', example: 'target:q_proj', values: [] },
  format: { meaning: 'In this format', example: 'format:gguf', values: readFormats },
  dtype: { meaning: 'With numbers of this type', example: 'dtype:bf16', values: ['bf16', 'f16', 'f32'] },
  status: { meaning: 'Whose file is doing so', example: 'status:changed', values: specializationStatuses },
  rank: { meaning: 'Of this rank', example: 'rank:>=16', values: ['>=16', '<=8', '8..64'] },
  alpha: { meaning: 'With this alpha', example: 'alpha:32', values: ['16', '32', '>=64'] },
  size: { meaning: 'Of this size', example: 'size:>100mb', values: ['>100mb', '<50mb', '1mb..1gb'] },
  params: {
    meaning: 'With so many parameters',
    example: 'params:<10m',
    values: ['<10m', '>100m', '1m..50m'],
  },
  memories: { meaning: 'With so many memories', example: 'memories:>10', values: ['0', '>10', '1..50'] },
  missing: { meaning: 'Whose file cannot be found', example: 'missing:yes', values: answers },
  is: { meaning: 'Of this kind', example: 'is:dora', values: kindNames },
  in: { meaning: 'In the trash', example: 'in:trash', values: placeNames },
};

const byName = new Map<string, SpecializationOperatorName>([
  ...specializationOperatorNames.map((name) => [name, name] as const),
  ['model', 'base'],
  ['tags', 'tag'],
  ['targets', 'target'],
  ['parameters', 'params'],
]);

export function specializationOperatorNamed(name: string): SpecializationOperatorName | undefined {
  return byName.get(name.toLowerCase());
}
