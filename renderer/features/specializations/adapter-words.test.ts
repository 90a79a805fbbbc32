import { expect, test } from 'vitest';
import type { AdapterReport } from '../../../shared/schemas/adapter.ts';
import {
  formatInWords,
  listed,
  mapInWords,
  methodInWords,
  parametersInWords,
  rangeInWords,
  scaleInWords,
  shortModel,
} from './adapter-words.ts';

const report: AdapterReport = {
  format: 'safetensors',
  layout: 'peft',
  purpose: 'text',
  files: 1,
  baseModel: 'meta-llama/Llama-3.1-8B',
  rank: 16,
  alpha: 32,
  ranks: [{ value: 16, modules: 4 }],
  alphas: [{ value: 32, modules: 4 }],
  isRankStabilized: false,
  isDora: false,
  modules: 4,
  targets: [],
  map: { layers: ['0', '1'], targets: ['q_proj', 'v_proj'], ranks: [16, 16, 16, 16], isCut: false },
  wholeWeights: [],
  dtypes: [],
  tensors: 8,
  parameterCount: 41_943_040,
  fileSizeBytes: 0,
  training: [],
  notes: [],
  verdict: { kind: 'fits', message: '', models: [] },
};

test('what an adapter is reads as one would say it', () => {
  expect([
    formatInWords(report),
    formatInWords({ ...report, format: 'gguf', layout: 'gguf', files: 2 }),
    methodInWords({ ...report, isDora: true, isRankStabilized: true }),
    parametersInWords(report.parameterCount),
    rangeInWords([
      { value: 32, modules: 1 },
      { value: 8, modules: 3 },
    ]),
    shortModel('meta-llama/Llama-3.1-8B'),
    listed(['q_proj', 'k_proj', 'v_proj']),
  ]).toEqual([
    'PEFT, in safetensors',
    'GGUF, 2 files',
    'DoRA, rank-stabilised',
    '41.9 million',
    '8 to 32',
    'Llama-3.1-8B',
    'q_proj, k_proj and v_proj',
  ]);
});

test('how strongly it acts is only said where it is the same everywhere', () => {
  const mixed = [
    { value: 8, modules: 1 },
    { value: 16, modules: 3 },
  ];
  expect([
    scaleInWords(report),
    scaleInWords({ ...report, isRankStabilized: true }),
    scaleInWords({ ...report, ranks: mixed }),
    scaleInWords({ ...report, alpha: null }),
  ]).toEqual(['× 2', '× 8', undefined, undefined]);
});

test('the map says in a sentence what it draws', () => {
  expect(mapInWords(report)).toBe('4 modules of rank 16: q_proj and v_proj in each of 2 layers.');
  const gaps = { ...report.map, ranks: [16, 0, 16, 16], isCut: true };
  expect(mapInWords({ ...report, modules: 3, map: gaps })).toBe(
    '3 modules of rank 16: q_proj and v_proj in 2 layers, not everywhere. There is more than is drawn.',
  );
});
