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
  readonly example: string;
  /** All its values, or the usual ones; empty where the library knows them. */
  readonly values: readonly string[];
}

export const specializationOperatorGuides: Readonly<Record<SpecializationOperatorName, OperatorGuide>> = {
  base: { example: 'base:llama', values: [] },
  domain: { example: 'domain:law', values: [] },
  tag: { example: 'tag:trusted', values: [] },
  target: { example: 'target:q_proj', values: [] },
  format: { example: 'format:gguf', values: readFormats },
  dtype: { example: 'dtype:bf16', values: ['bf16', 'f16', 'f32'] },
  status: { example: 'status:changed', values: specializationStatuses },
  rank: { example: 'rank:>=16', values: ['>=16', '<=8', '8..64'] },
  alpha: { example: 'alpha:32', values: ['16', '32', '>=64'] },
  size: { example: 'size:>100mb', values: ['>100mb', '<50mb', '1mb..1gb'] },
  params: {
    example: 'params:<10m',
    values: ['<10m', '>100m', '1m..50m'],
  },
  memories: { example: 'memories:>10', values: ['0', '>10', '1..50'] },
  missing: { example: 'missing:yes', values: answers },
  is: { example: 'is:dora', values: kindNames },
  in: { example: 'in:trash', values: placeNames },
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
