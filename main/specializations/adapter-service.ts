import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type {
  AdapterCandidate,
  AddedAdapters,
  AdaptersToAdd,
  BaseModelsKnown,
  AdapterToAdd,
  AdapterToLocate,
  DroppedAdapter,
  FilesCheck,
  InspectedAdapter,
  ScanPage,
  ScanPageRequest,
} from '../../shared/schemas/adapter.ts';
import { isUnfinished } from '../../shared/schemas/job.ts';
import { cleanName } from '../../shared/schemas/name.ts';
import type { ChangedSpecialization, Specialization } from '../../shared/schemas/specialization.ts';
import { toldAsText } from '../../shared/schemas/told.ts';
import { textsNow } from '../../shared/texts/index.ts';
import { toldBy } from '../../shared/texts/told.ts';
import { readOwnModels } from '../adapters/base-model-folder.ts';
import { knownBaseModels } from '../adapters/base-models.ts';
import { checkRoom, NoRoomError } from '../adapters/copy-adapter.ts';
import { stateOf, type FileState } from '../adapters/file-state.ts';
import { inspectAdapter, readAdapter, type ReadAdapter } from '../adapters/inspect-adapter.ts';
import { toRefusal } from '../adapters/refusal.ts';
import { conflict, invalidInput, LociError, notFound, unavailable } from '../errors/loci-error.ts';
import type { JobService } from '../jobs/job-service.ts';
import type { ServiceParts } from '../undo/service-parts.ts';
import { forgetCopies } from './adapter-copies.ts';
import { adapterKinds } from './adapter-jobs.ts';
import { adapterNameFor, FreeNames } from './adapter-name.ts';
import type { AdapterRecords } from './adapter-records.ts';
import type { AdapterScans } from './adapter-scans.ts';
import type { FoundAdapters } from './found-adapters.ts';
import { toSpecialization } from './specialization-dto.ts';
import type { SpecializationService } from './specialization-service.ts';
import { SpecializationRepository, type AdapterFacts } from './specialization.repository.ts';
import {
  factsOf,
  isCopy,
  placeOfAdapter,
  readKnowledge,
  readStored,
  type Knowledge,
} from './stored-adapter.ts';

export interface AdapterServiceOptions extends Pick<ServiceParts, 'em' | 'currentUserId'> {
  readonly records: AdapterRecords;
  readonly scans: AdapterScans;
  readonly specializations: Pick<SpecializationService, 'create' | 'update' | 'offerToTakeBack'>;
  /** One that knows `adapterJobs`. */
  readonly jobs: Pick<JobService, 'start' | 'get'>;
  readonly found: Pick<FoundAdapters, 'added'>;
  /** Where copies are kept, and where people put the `config.json` of further models. */
  readonly adaptersDir: string;
  readonly baseModelsDir: string;
  /** Asks the person; undefined when they chose nothing. */
  readonly choose: (question: AdapterQuestion) => Promise<string | undefined>;
  /** Opens it in the file manager. */
  readonly showFolder: (folder: string) => Promise<void>;
  /** Where what was dropped on the window lies; undefined for what was not, or long ago. */
  readonly dropped: (token: string) => string | undefined;
}

/** For an adapter in a file or a folder, or for a folder to look through. */
export type AdapterQuestion = 'file' | 'folder' | 'scan';

/** The files behind specializations: added, looked at, found again. */
export class AdapterService {
  readonly #options: AdapterServiceOptions;
  readonly #names: SpecializationRepository;
  /** The jobs that read adapters through, by the specialization. */
  readonly #hashing = new Map<string, string>();

  constructor(options: AdapterServiceOptions) {
    this.#options = options;
    this.#names = new SpecializationRepository(options.em);
  }

  async choose(what: 'file' | 'folder'): Promise<AdapterCandidate | null> {
    const place = await this.#options.choose(what);
    return place === undefined ? null : this.offer(place);
  }

  /** For what a person has pointed to in another way than by a dialog. */
  async offer(place: string): Promise<AdapterCandidate> {
    return this.#offer(place, await this.#knowledge(), await this.#freeNames());
  }

  async #offer(place: string, knowledge: Knowledge, names: FreeNames): Promise<AdapterCandidate> {
    const { scans, currentUserId } = this.#options;
    const inspection = await inspectAdapter(place, knowledge);
    const name = names.take(adapterNameFor(place));
    return { token: scans.keepPlace(currentUserId(), place), name, inspection };
  }

  async offerDropped(tokens: readonly string[]): Promise<DroppedAdapter[]> {
    const offered: DroppedAdapter[] = [];
    const knowledge = await this.#knowledge();
    const names = await this.#freeNames();
    for (const token of tokens) {
      const place = this.#placeOfDropped(token);
      const isFolder = await stat(place).then(
        (found) => found.isDirectory(),
        () => false,
      );
      const label = path.basename(place).toWellFormed();
      offered.push({ token, label, isFolder, candidate: await this.#offer(place, knowledge, names) });
    }
    return offered;
  }

  scanDropped(token: string): Promise<{ jobId: string }> {
    return this.#options.jobs.start(adapterKinds.scan, { folder: this.#placeOfDropped(token) });
  }

  async add({
    token,
    keep,
    to,
  }: AdapterToAdd): Promise<{ specialization: Specialization; jobId: string; undoId: string | null }> {
    const { specializations, adaptersDir } = this.#options;
    const place = this.#placeOf(token);
    const knowledge = await this.#knowledge();
    const adapter = await this.#read(place, knowledge);
    if (keep === 'copy') await ensureRoom(adaptersDir, adapter.report.fileSizeBytes);
    const facts = factsOf(adapter, place, knowledge);
    const { undoId, ...specialization } = await ('id' in to
      ? specializations.update({ ...to, ...facts })
      : specializations.create({ ...to, ...facts }));
    // Until it is copied it is used where it lies: a copy that fails costs nothing.
    const kind = keep === 'copy' ? adapterKinds.copy : adapterKinds.hash;
    const { jobId } = await this.#readThrough(kind, specialization.id);
    return { specialization, jobId, undoId };
  }

  /** All of them, by a job: thousands take a while. */
  async addFound({ tokens, keep }: AdaptersToAdd): Promise<{ jobId: string }> {
    const places = tokens.map((token) => this.#placeOf(token));
    return this.#options.jobs.start(adapterKinds.addFound, { places, keep });
  }

  async baseModels(): Promise<BaseModelsKnown> {
    const { own, unreadable } = await readOwnModels(this.#options.baseModelsDir);
    return {
      shipped: knownBaseModels.length,
      own: own.map(({ name }) => cleanName(name)),
      unreadable: unreadable.map((name) => cleanName(name)),
    };
  }

  async showBaseModels(): Promise<null> {
    const { baseModelsDir, showFolder } = this.#options;
    await mkdir(baseModelsDir, { recursive: true, mode: 0o700 });
    await showFolder(baseModelsDir);
    return null;
  }

  async addedFound(jobId: string): Promise<AddedAdapters> {
    return this.#options.found.added(this.#options.currentUserId(), jobId);
  }

  async inspect(id: string): Promise<InspectedAdapter> {
    const { records, adaptersDir, currentUserId } = this.#options;
    const userId = currentUserId();
    const row = await records.find(userId, id);
    const { modelPath } = row;
    const { report, files, knowledge: mark } = readStored(row.adapterConfig);
    if (modelPath === null) return { specialization: toSpecialization(row), report: null, isCopy: false };
    const place = placeOfAdapter(adaptersDir, modelPath);
    const state = await stateOf(place, files);
    const knowledge = await this.#knowledge();
    const isOutdated = state === 'ready' && mark !== knowledge.mark;
    if (state !== 'changed' && row.status !== 'invalid' && !isOutdated) {
      const now = await records.note(userId, id, modelPath, stateFacts(state));
      if (state === 'ready' && row.sha256 === null) await this.#hash(id);
      return { specialization: toSpecialization(now ?? row), report, isCopy: isCopy(modelPath) };
    }
    const { sha256, tensorHash, ...anew } = await this.#lookAnew(place, modelPath, knowledge);
    // What is only judged anew, because more models are known, has the same bytes.
    const isSame = isOutdated && row.status !== 'invalid';
    const facts = isSame ? anew : { ...anew, sha256: sha256 ?? null, tensorHash: tensorHash ?? null };
    const now = await records.note(userId, id, modelPath, facts);
    if (facts.status === 'ready' && now && now.sha256 === null) await this.#hash(id);
    return {
      specialization: toSpecialization(now ?? row),
      report: readStored((now ?? row).adapterConfig).report,
      isCopy: isCopy(modelPath),
    };
  }

  async locate({ id, token, evenIfDifferent }: AdapterToLocate): Promise<ChangedSpecialization> {
    const { records, specializations, currentUserId } = this.#options;
    const userId = currentUserId();
    const row = await records.find(userId, id);
    if (row.deletedAt !== null)
      throw conflict((texts) => texts.failures.specialization.inTrash, toSpecialization(row));
    if (row.modelPath === null) throw invalidInput('id', (texts) => texts.failures.specialization.noAdapter);
    const place = this.#placeOf(token);
    const knowledge = await this.#knowledge();
    const facts = factsOf(await this.#read(place, knowledge), place, knowledge);
    const isSame = isAlike(row, facts);
    if (!isSame && !evenIfDifferent)
      throw conflict((texts) => texts.failures.specialization.otherAdapter, toSpecialization(row));
    // The hashes tell later whether it is the same to the last bit.
    const now = await records.note(userId, id, row.modelPath, facts, { actor: 'person' });
    if (!now) throw conflict((texts) => texts.failures.specialization.adapterChanged);
    await this.#readThrough(adapterKinds.hash, id);
    const undoId =
      now.modelPath === row.modelPath
        ? null
        : specializations.offerToTakeBack(userId, row, now, `Adapter of “${now.name}” located`);
    return { ...toSpecialization(now), undoId };
  }

  async copy(id: string): Promise<{ jobId: string }> {
    const { modelPath, fileSizeBytes } = await this.#withAdapter(id);
    if (isCopy(modelPath)) throw conflict((texts) => texts.failures.specialization.copiedAlready);
    await ensureRoom(this.#options.adaptersDir, fileSizeBytes ?? 0);
    return this.#readThrough(adapterKinds.copy, id);
  }

  async checkWeights(id: string): Promise<{ jobId: string }> {
    await this.#withAdapter(id);
    return this.#options.jobs.start(adapterKinds.check, { id });
  }

  async scan(): Promise<{ jobId: string } | null> {
    const folder = await this.#options.choose('scan');
    return folder === undefined ? null : this.#options.jobs.start(adapterKinds.scan, { folder });
  }

  async scanned(request: ScanPageRequest): Promise<ScanPage> {
    const page = this.#options.scans.page(this.#options.currentUserId(), request);
    // It is noted before it begins.
    return page ?? { adapters: [], total: 0, isDone: false };
  }

  /** Of all adapters of the person at work, whether their files are where they were. */
  async checkFiles(): Promise<FilesCheck> {
    const { records, adaptersDir, currentUserId } = this.#options;
    const userId = currentUserId();
    const adapters = await records.findAdapters(userId);
    const counts = { checked: adapters.length, missing: 0, changed: 0, back: 0 };
    for (const { id, modelPath, status, files } of adapters) {
      const state = await stateOf(placeOfAdapter(adaptersDir, modelPath), readStored({ files }).files);
      if (state === 'missing') counts.missing++;
      if (state === 'changed') counts.changed++;
      if (state === status || status === 'invalid') continue;
      if (state === 'ready') counts.back++;
      await records.note(userId, id, modelPath, stateFacts(state));
    }
    return counts;
  }

  /** Copies of what was removed for good; `ids` left out: of all that a person had. */
  async forget(userId: string, ids?: readonly string[]): Promise<void> {
    await forgetCopies(this.#options.adaptersDir, userId, ids);
  }

  /** Unless that is under way. */
  async #hash(id: string): Promise<void> {
    const before = this.#hashing.get(id);
    const job =
      before === undefined ? undefined : await this.#options.jobs.get(before).catch(() => undefined);
    if (!job || !isUnfinished(job)) await this.#readThrough(adapterKinds.hash, id);
  }

  /** Copying hashes as well. */
  async #readThrough(kind: typeof adapterKinds.hash | typeof adapterKinds.copy, id: string) {
    const { jobId } = await this.#options.jobs.start(kind, { id });
    this.#hashing.set(id, jobId);
    return { jobId };
  }

  async #withAdapter(id: string) {
    const { records, currentUserId } = this.#options;
    const { modelPath, fileSizeBytes } = await records.find(currentUserId(), id);
    if (modelPath === null) throw invalidInput('id', (texts) => texts.failures.specialization.noAdapter);
    return { modelPath, fileSizeBytes };
  }

  async #lookAnew(place: string, modelPath: string, knowledge: Knowledge): Promise<Partial<AdapterFacts>> {
    try {
      return factsOf(await readAdapter(place, knowledge), modelPath, knowledge);
    } catch (error) {
      const refusal = toRefusal(error);
      if (refusal.reason === 'missing') return stateFacts('missing');
      return { status: 'invalid', problem: toldAsText(toldBy(() => refusal.said())) };
    }
  }

  async #read(place: string, knowledge: Knowledge): Promise<ReadAdapter> {
    try {
      return await readAdapter(place, knowledge);
    } catch (error) {
      const refusal = toRefusal(error);
      throw new LociError('invalid_input', refusal.message, { details: refusal.toDto(), cause: error });
    }
  }

  #placeOf(token: string): string {
    const place = this.#options.scans.placeOf(this.#options.currentUserId(), token);
    if (place === undefined) throw notFound('file');
    return place;
  }

  #placeOfDropped(token: string): string {
    const place = this.#options.dropped(token);
    if (place === undefined) throw notFound('file');
    return place;
  }

  #knowledge(): Promise<Knowledge> {
    return readKnowledge(this.#options.baseModelsDir);
  }

  async #freeNames(): Promise<FreeNames> {
    return new FreeNames(await this.#names.findTakenNames(this.#options.currentUserId()));
  }
}

function stateFacts(state: FileState): Pick<AdapterFacts, 'status' | 'problem'> {
  return state === 'ready'
    ? { status: 'ready', problem: null }
    : { status: state, problem: toldAsText(toldBy(() => textsNow().adapters.problem[state])) };
}

/** As far as headers can tell. */
function isAlike(before: Partial<AdapterFacts>, now: AdapterFacts): boolean {
  const measures = ({ format, rank, dtype, parameterCount, targetModules }: Partial<AdapterFacts>) => [
    format,
    rank,
    dtype,
    parameterCount,
    targetModules?.toSorted(),
  ];
  return isDeepStrictEqual(measures(before), measures(now));
}

async function ensureRoom(adaptersDir: string, bytes: number): Promise<void> {
  await mkdir(adaptersDir, { recursive: true, mode: 0o700 });
  try {
    await checkRoom(adaptersDir, bytes);
  } catch (error) {
    if (error instanceof NoRoomError) throw unavailable(() => error.said(), error);
    throw error;
  }
}
