import type { EmbeddingModelDto, ModelCandidate } from '../../../shared/schemas/embedding-model.ts';
import type { Job } from '../../../shared/schemas/job.ts';
import type { Models } from '../../api/models.ts';
import { formatBytes, formatCount, memoriesInWords } from '../../text/quantities.ts';

/** A model that is not in use, in whatever state. */
export interface OtherModel {
  readonly name: string;
  readonly revision: string;
  readonly dimension: number;
  /** There are vectors of it. */
  readonly kept?: EmbeddingModelDto;
  /** What was begun to make it ready, and has not come to its end. */
  readonly job?: Job;
  /** It came with Loci, and nothing was made with it. */
  readonly offered?: ModelCandidate;
}

/** Those that are being prepared first, then those that were in use, the last one first. */
export function otherModels({ kept, preparations, shipped }: Models): OtherModel[] {
  const others = new Map<string, OtherModel>();
  const put = (model: OtherModel) => others.set(model.revision, { ...others.get(model.revision), ...model });
  for (const { name, revision, dimension, job } of preparations) put({ name, revision, dimension, job });
  const rest = kept.filter(({ inUse }) => !inUse).toSorted(byLastUse);
  for (const model of rest)
    put({ name: model.name, revision: model.revision, dimension: model.dimension, kept: model });
  if (shipped)
    put({
      name: shipped.name,
      revision: shipped.revision,
      dimension: shipped.dimension,
      ...(others.has(shipped.revision) ? {} : { offered: shipped }),
    });
  for (const { revision, inUse } of kept) if (inUse) others.delete(revision);
  return [...others.values()];
}

const byLastUse = (a: EmbeddingModelDto, b: EmbeddingModelDto): number =>
  (b.usedAt ?? '').localeCompare(a.usedAt ?? '');

/** The one that was in use before, if one can go back to it. */
export function previousOf({ kept }: Models): EmbeddingModelDto | undefined {
  return kept
    .filter((model) => !model.inUse && model.usedAt !== null && model.isThere)
    .toSorted(byLastUse)[0];
}

export const isUnderWay = ({ status }: Job): boolean =>
  status === 'queued' || status === 'running' || status === 'paused' || status === 'interrupted';

/** Whether it can take over now. */
export function canTakeOver({ kept, job }: OtherModel): boolean {
  return (
    kept !== undefined &&
    kept.isThere &&
    kept.jobId === null &&
    !(job && isUnderWay(job)) &&
    (kept.usedAt !== null || kept.pending === 0)
  );
}

/** "384 numbers for each of 1,204 pieces of text · 24 MB of files · about 3.1 MB of the library" */
export function saidSize({
  dimension,
  pieces,
  filesBytes,
  libraryBytes,
}: Pick<EmbeddingModelDto, 'dimension' | 'pieces' | 'filesBytes' | 'libraryBytes'>): string {
  const each = pieces > 1 ? `each of ${formatCount(pieces)} pieces` : 'each piece';
  const parts = [`${formatCount(dimension)} numbers for ${each} of text`];
  if (filesBytes > 0) parts.push(`${formatBytes(filesBytes)} of files`);
  if (libraryBytes > 0) parts.push(`about ${formatBytes(libraryBytes)} of the library`);
  return parts.join(' · ');
}

/** What can be said of a model that nothing is being done with. */
export function saidState({ kept, offered }: OtherModel): string {
  if (offered) return `Came with Loci. Nothing has been read with it yet.`;
  if (!kept) return 'Nothing has been read with it yet.';
  if (!kept.isThere) return 'Its files are not there any more: it can only be removed.';
  if (kept.jobId !== null) return 'Somebody else who uses this library is preparing it.';
  const { ready, pending, failed } = kept;
  if (kept.usedAt === null && pending > 0)
    return `Not ready: it has read ${formatCount(ready)} of ${memoriesInWords(ready + pending + failed)}. Add its folder again to go on.`;
  const missing = [
    ...(pending > 0 ? [`${memoriesInWords(pending)} written since`] : []),
    ...(failed > 0 ? [`${memoriesInWords(failed)} it could not read`] : []),
  ];
  return missing.length === 0 ? 'Ready.' : `Ready, but for ${missing.join(' and ')}.`;
}
