import { expect, test } from 'vitest';
import { nameOfFound } from './found-lines.ts';

test('what a scan has found is named as a person would name it', () => {
  expect(
    [
      'garden_lora.safetensors',
      'llama/garden-lora/adapter_model.safetensors',
      'llama/garden lora',
      'a\\b\\recipes.gguf',
      'model/adapter_model.safetensors.index.json',
      '',
    ].map(nameOfFound),
  ).toEqual(['garden lora', 'garden-lora', 'garden lora', 'recipes', 'model', 'Adapter']);
});
