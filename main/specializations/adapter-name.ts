import path from 'node:path';
import { cleanName } from '../../shared/schemas/name.ts';

/** What a file or folder is called; of one that is called as all are, what it lies in. */
export function adapterNameFor(place: string): string {
  const isUsual = /^(?:adapter_model|adapters|pytorch_lora_weights)(?:-\d{5}-of-\d{5})?\.|\.index\.json$/;
  const named = isUsual.test(path.basename(place)) ? path.dirname(place) : place;
  const name = path.basename(named).replace(/\.(?:safetensors|gguf)$/i, '');
  return cleanName(name.replaceAll('_', ' ')).slice(0, 190).trim() || 'Adapter';
}
