import type { AdapterCandidate, ScannedAdapter } from '../../../shared/schemas/adapter.ts';

/** Something one may add, from a scan or out of what was dropped. */
export interface Line {
  readonly token: string;
  readonly name: string;
  readonly facts: readonly string[];
  readonly sizeBytes: number | null;
  readonly verdict: string | null;
  readonly refusal: ScannedAdapter['refusal'];
}

const usualFile = /^(?:adapter_model|adapters|pytorch_lora_weights)(?:-\d{5}-of-\d{5})?\.|\.index\.json$/;

/** What it would be called: a file that is called as all are is named after what it lies in. */
export function nameOfFound(place: string): string {
  const parts = place.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  const last = parts.at(-1) ?? '';
  const named = usualFile.test(last) ? (parts.at(-2) ?? last) : last;
  const name = named.replace(/\.(?:safetensors|gguf)$/i, '').replaceAll('_', ' ');
  return name.replaceAll(/\s+/g, ' ').trim().slice(0, 190) || 'Adapter';
}

export function lineOfScanned(found: ScannedAdapter): Line {
  const { token, name, format, baseModel, rank, fileSizeBytes: sizeBytes, verdict, refusal } = found;
  const facts = [baseModel ?? '', rank === null ? '' : `rank ${rank}`, format ?? ''];
  return { token, name, facts: facts.filter((fact) => fact !== ''), sizeBytes, verdict, refusal };
}

export function lineOfCandidate({ token, name, inspection }: AdapterCandidate): Line {
  if (!inspection.ok)
    return { token, name, facts: [], sizeBytes: null, verdict: null, refusal: inspection.refusal };
  const { baseModel, rank, format, fileSizeBytes: sizeBytes, verdict } = inspection.report;
  const facts = [baseModel ?? '', rank === null ? '' : `rank ${rank}`, format];
  return {
    token,
    name,
    facts: facts.filter((fact) => fact !== ''),
    sizeBytes,
    verdict: verdict.message,
    refusal: null,
  };
}
