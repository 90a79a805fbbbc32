import path from 'node:path';
import { cleanName } from '../../shared/schemas/name.ts';

/** What a file or folder is called; of one that is called as all are, what it lies in. */
export function adapterNameFor(place: string): string {
  const isUsual = /^(?:adapter_model|adapters|pytorch_lora_weights)(?:-\d{5}-of-\d{5})?\.|\.index\.json$/;
  const named = isUsual.test(path.basename(place)) ? path.dirname(place) : place;
  const name = path.basename(named).replace(/\.(?:safetensors|gguf)$/i, '');
  return cleanName(name.replaceAll('_', ' ')).slice(0, 190).trim() || 'Adapter';
}

/** Names that nothing is called yet: whoever takes one has it. Two that differ in nothing but capitals are the same. */
export class FreeNames {
  readonly #taken = new Set<string>();
  /** By what was wanted, up to where its numbers are known to be taken: thousands may be called the same. */
  readonly #numbers = new Map<string, number>();

  constructor(taken: Iterable<string>) {
    this.renew(taken);
  }

  /** These are taken, and nothing that was taken here without being used. */
  renew(taken: Iterable<string>): void {
    this.#taken.clear();
    this.#numbers.clear();
    for (const name of taken) this.#taken.add(name.toLowerCase());
  }

  /** The wanted one, or with the first number that makes it another. */
  take(wanted: string): string {
    const small = wanted.toLowerCase();
    for (let number = (this.#numbers.get(small) ?? 0) + 1; ; number++) {
      const name = number === 1 ? wanted : `${wanted} ${number}`;
      if (this.#taken.has(name.toLowerCase())) continue;
      this.#numbers.set(small, number);
      this.#taken.add(name.toLowerCase());
      return name;
    }
  }
}
