import type { Recipe } from '../../shared/schemas/specialization-use.ts';
import type { AdapterForUse } from './adapter-for-use.ts';
import { llamaCppRecipe } from './recipe-llama-cpp.ts';
import { ollamaRecipe } from './recipe-ollama.ts';
import { diffusersRecipe, peftRecipe } from './recipe-python.ts';
import { vllmRecipe } from './recipe-vllm.ts';

/** How to use an adapter in each runtime, those that take it as it is first. */
export function recipesFor(adapter: AdapterForUse): Recipe[] {
  const diffusers = diffusersRecipe(adapter);
  const all = [
    ollamaRecipe(adapter),
    llamaCppRecipe(adapter),
    vllmRecipe(adapter),
    peftRecipe(adapter),
    ...(diffusers ? [diffusers] : []),
  ];
  const order = ['yes', 'after-steps', 'no'];
  return all.toSorted((a, b) => order.indexOf(a.fits) - order.indexOf(b.fits));
}
