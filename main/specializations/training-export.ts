import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import {
  type LeavingReason,
  type TrainingPart,
  type TrainingPreview,
  type TrainingRequest,
  trainingRequest,
} from '../../shared/schemas/specialization-use.ts';
import { textsNow } from '../../shared/texts/index.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { inTransaction } from '../database/transaction.ts';
import { conflict, notFound, unavailable } from '../errors/loci-error.ts';
import { defineRunner, type JobRunner } from '../jobs/job-runner.ts';
import type { JobService } from '../jobs/job-service.ts';
import { type ChooseSavePlace, fileNameFor } from './save-question.ts';
import { SpecializationRepository } from './specialization.repository.ts';
import { exampleOf, splitBySeed } from './training-set.ts';
import { TrainingSetRepository } from './training-set.repository.ts';

export interface TrainingExportOptions {
  readonly em: EntityManager;
  readonly currentUserId: () => string;
  /** One that knows `trainingExporter`. */
  readonly jobs: Pick<JobService, 'start'>;
  readonly choose: ChooseSavePlace;
}

const exportKind = 'specializations.exportTraining';
const pageSize = 500;
const mostShown = 20;

/** A training set out of the memories of a specialization. */
export class TrainingExport {
  readonly #options: TrainingExportOptions;
  readonly #specializations: SpecializationRepository;

  constructor(options: TrainingExportOptions) {
    this.#options = options;
    this.#specializations = new SpecializationRepository(options.em);
  }

  async preview(request: TrainingRequest): Promise<TrainingPreview> {
    const { em, currentUserId } = this.#options;
    const userId = currentUserId();
    await this.#find(userId, request.id);
    const { parts, leftOut, bytes, first } = await planTraining(em, userId, request);
    const validation = [...parts.values()].filter((part) => part === 'validation').length;
    return {
      examples: parts.size,
      training: parts.size - validation,
      validation,
      bytes,
      leftOut: [...leftOut].map(([reason, count]) => ({ reason, count })),
      lines: first.map(({ id, line }) => ({ id, line, part: parts.get(id) ?? 'training' })),
    };
  }

  async start(request: TrainingRequest): Promise<{ jobId: string } | null> {
    const { choose, currentUserId, jobs } = this.#options;
    const { name } = await this.#find(currentUserId(), request.id);
    const place = await choose({
      title: textsNow().specializations.training.saveTitle,
      name: `${fileNameFor(name)}.jsonl`,
      filters: [{ name: textsNow().specializations.training.lines, extensions: ['jsonl'] }],
    });
    if (place === undefined) return null;
    const beside = validationPlace(place);
    // The dialog has asked about the one file alone.
    if (request.validationPercent > 0 && (await isThere(beside)))
      throw conflict((texts) => texts.failures.specialization.keptApartTaken(path.basename(beside)));
    return jobs.start(exportKind, { ...request, place });
  }

  async #find(userId: string, id: string): Promise<{ name: string }> {
    const [found] = await this.#specializations.findByIds(userId, [id]);
    if (!found) throw notFound('specialization');
    return found;
  }
}

/** Writes it: whole, or not at all. */
export function trainingExporter({
  em,
  audit,
}: {
  readonly em: EntityManager;
  readonly audit: AuditTrail;
}): JobRunner {
  return defineRunner({
    kind: exportKind,
    parameters: trainingRequest.extend({ place: z.string() }),
    async run({ userId, parameters, signal, report, pausePoint }) {
      const { place, id } = parameters;
      const { parts } = await planTraining(em, userId, parameters, signal);
      report({ progress: 0, total: parts.size });
      const places: Readonly<Record<TrainingPart, string>> = {
        training: place,
        validation: validationPlace(place),
      };
      const written: Record<TrainingPart, number> = { training: 0, validation: 0 };
      const files = new Map<TrainingPart, { readonly handle: FileHandle; readonly temporary: string }>();
      try {
        for (const part of new Set<TrainingPart>(['training', ...parts.values()])) {
          const temporary = path.join(path.dirname(places[part]), `.loci-${randomUUID()}.part`);
          files.set(part, { handle: await open(temporary, 'wx', 0o600), temporary });
        }
        for await (const { id: memoryId, line } of examples(em, userId, parameters, signal)) {
          const part = parts.get(memoryId);
          if (part === undefined) continue;
          await files.get(part)?.handle.appendFile(`${line}\n`);
          written[part]++;
          report({ progress: written.training + written.validation, total: parts.size });
          await pausePoint();
        }
        for (const { handle } of files.values()) {
          await handle.sync();
          await handle.close();
        }
        for (const [part, { temporary }] of files) await rename(temporary, places[part]);
      } catch (error) {
        for (const { handle, temporary } of files.values()) {
          await handle.close().catch(() => undefined);
          await rm(temporary, { force: true });
        }
        if (error instanceof Error && 'syscall' in error)
          throw unavailable((texts) => texts.failures.specialization.unwritable, error);
        throw error;
      }
      await inTransaction(em, async () =>
        audit.note({ userId, action: 'exported', entity: 'specialization', ids: [id] }),
      );
      return { files: files.size, ...written };
    },
  });
}

interface Plan {
  readonly parts: ReadonlyMap<string, TrainingPart>;
  readonly leftOut: ReadonlyMap<LeavingReason, number>;
  readonly bytes: number;
  readonly first: readonly { readonly id: string; readonly line: string }[];
}

/** What it will hold; of the texts themselves, only the first are kept in mind. */
async function planTraining(
  em: EntityManager,
  userId: string,
  request: TrainingRequest,
  signal?: AbortSignal,
): Promise<Plan> {
  const leftOut = new Map<LeavingReason, number>();
  const ids: string[] = [];
  const first: { id: string; line: string }[] = [];
  let bytes = 0;
  const onLeftOut = (reason: LeavingReason) => void leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  for await (const { id, line } of examples(em, userId, request, signal, onLeftOut)) {
    ids.push(id);
    bytes += Buffer.byteLength(line) + 1;
    if (first.length < mostShown) first.push({ id, line });
  }
  return { parts: splitBySeed(ids, request), leftOut, bytes, first };
}

async function* examples(
  em: EntityManager,
  userId: string,
  request: TrainingRequest,
  signal?: AbortSignal,
  onLeftOut: (reason: LeavingReason) => void = () => undefined,
): AsyncGenerator<{ readonly id: string; readonly line: string }> {
  const repository = new TrainingSetRepository(em);
  const said = new Set<string>();
  for (let after: string | undefined; ;) {
    signal?.throwIfAborted();
    const page = await repository.findPage(userId, request.id, request.roles, after, pageSize);
    for (const memory of page) {
      const example = exampleOf(memory, request);
      if ('leftOut' in example) onLeftOut(example.leftOut);
      else if (said.has(example.key)) onLeftOut('same-text');
      else {
        said.add(example.key);
        yield { id: memory.id, line: example.line };
      }
    }
    after = page.at(-1)?.id;
    if (page.length < pageSize) return;
  }
}

/** `law.jsonl` has `law.validation.jsonl` beside it. */
function validationPlace(place: string): string {
  const { dir, name, ext } = path.parse(place);
  return path.join(dir, `${name}.validation${ext}`);
}

async function isThere(place: string): Promise<boolean> {
  return stat(place).then(
    () => true,
    () => false,
  );
}
