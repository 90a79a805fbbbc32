import type { Told } from '../../../shared/texts/told.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import type { AdapterCandidate, ScannedAdapter } from '../../../shared/schemas/adapter.ts';

/** Something one may add, from a scan or out of what was dropped. */
export interface Line {
  readonly token: string;
  readonly name: string;
  readonly facts: readonly string[];
  readonly sizeBytes: number | null;
  readonly verdict: Told | null;
  readonly refusal: ScannedAdapter['refusal'];
}

export function lineOfScanned(found: ScannedAdapter): Line {
  const { token, name, format, baseModel, rank, fileSizeBytes: sizeBytes, verdict, refusal } = found;
  const facts = [
    baseModel ?? '',
    rank === null ? '' : textsNow().specializations.list.rank(rank),
    format ?? '',
  ];
  return { token, name, facts: facts.filter((fact) => fact !== ''), sizeBytes, verdict, refusal };
}

export function lineOfCandidate({ token, name, inspection }: AdapterCandidate): Line {
  if (!inspection.ok)
    return { token, name, facts: [], sizeBytes: null, verdict: null, refusal: inspection.refusal };
  const { baseModel, rank, format, fileSizeBytes: sizeBytes, verdict } = inspection.report;
  const facts = [baseModel ?? '', rank === null ? '' : textsNow().specializations.list.rank(rank), format];
  return {
    token,
    name,
    facts: facts.filter((fact) => fact !== ''),
    sizeBytes,
    verdict: verdict.message,
    refusal: null,
  };
}
