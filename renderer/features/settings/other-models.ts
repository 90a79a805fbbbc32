import type { EmbeddingModelDto, ModelCandidate } from '../../../shared/schemas/embedding-model.ts';
import { isUnfinished, type Job } from '../../../shared/schemas/job.ts';
import type { Models } from '../../api/models.ts';
import { formatBytes } from '../../text/quantities.ts';
import { textsNow } from '../../../shared/texts/index.ts';

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

/** Whether it can take over now. */
export function canTakeOver({ kept, job }: OtherModel): boolean {
  return (
    kept !== undefined &&
    kept.isThere &&
    kept.jobId === null &&
    !(job && isUnfinished(job)) &&
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
  const texts = textsNow();
  const parts = [texts.models.size.numbers(dimension, pieces)];
  if (filesBytes > 0) parts.push(texts.models.size.files(formatBytes(filesBytes)));
  if (libraryBytes > 0) parts.push(texts.models.size.library(formatBytes(libraryBytes)));
  return parts.join(' · ');
}

/** What can be said of a model that nothing is being done with. */
export function saidState({ kept, offered }: OtherModel): string {
  const texts = textsNow();
  if (offered) return texts.models.state.cameWithLoci;
  if (!kept) return texts.models.state.nothingRead;
  if (!kept.isThere) return texts.models.state.filesGone;
  if (kept.jobId !== null) return texts.models.state.elsewhere;
  const { ready, pending, failed } = kept;
  if (kept.usedAt === null && pending > 0)
    return texts.models.state.notReady(ready, ready + pending + failed);
  const missing = [
    ...(pending > 0 ? [texts.models.state.writtenSince(pending)] : []),
    ...(failed > 0 ? [texts.models.state.notRead(failed)] : []),
  ];
  return missing.length === 0 ? texts.models.state.ready : texts.models.state.readyBut(missing);
}
