import { textsNow } from '../../shared/texts/index.ts';
import type { AdapterReport, Inspection } from '../../shared/schemas/adapter.ts';
import { readAdapterConfig, type AdapterConfig } from './adapter-config.ts';
import { findAdapterFiles, type AdapterFiles } from './adapter-files.ts';
import { findModules } from './adapter-modules.ts';
import { readAlphas } from './alpha-values.ts';
import { knownBaseModels, type BaseModel } from './base-models.ts';
import { withSource, type ByteSource } from './byte-source.ts';
import { describeAdapter, numberIn } from './describe-adapter.ts';
import { readGguf } from './gguf-header.ts';
import { refuseStranger } from './known-strangers.ts';
import { AdapterRefusal, quoted, toRefusal } from './refusal.ts';
import { looksLikeSafetensors, readSafetensors } from './safetensors-header.ts';
import { mostTensors, type Tensor, type TensorFile } from './tensor-table.ts';

/** An adapter whose headers have been read: its report, and what a reading of its weights begins with. */
export interface ReadAdapter {
  readonly report: AdapterReport;
  readonly files: AdapterFiles;
  /** In the order of `files.weights`. */
  readonly tensors: readonly TensorFile[];
  readonly config: AdapterConfig | undefined;
}

export interface InspectOptions {
  /** To tell what it fits; those that ship, if nothing else is given. */
  readonly models?: readonly BaseModel[];
}

/** Of a file or folder: what it is, or why it is not taken. Reads headers alone, whatever they claim. */
export async function inspectAdapter(place: string, options: InspectOptions = {}): Promise<Inspection> {
  try {
    const { report } = await readAdapter(place, options);
    return { ok: true, report };
  } catch (error) {
    return { ok: false, refusal: toRefusal(error).toDto() };
  }
}

/** Throws what `toRefusal` can read. */
export async function readAdapter(
  place: string,
  { models = knownBaseModels }: InspectOptions = {},
): Promise<ReadAdapter> {
  const files = await findAdapterFiles(place);
  const reading = files.config === undefined ? undefined : readAdapterConfig(files.config);
  // It is asked for later: until then nobody hears of it.
  reading?.catch(() => undefined);
  const [only] = files.weights;
  // Most are one file, which is opened once for all that is read of it.
  if (only && files.weights.length === 1)
    return withSource(only.path, async (source) => {
      const config = await reading;
      const tensors = [await readTensorFile(source)];
      return describe(files, tensors, config, models, (_, offset, length) => source.read(offset, length));
    });
  const config = await reading;
  const tensors: TensorFile[] = [];
  let count = 0;
  for (const weight of files.weights) {
    const file = await withSource(weight.path, readTensorFile);
    count += file.tensors.length;
    if (count > mostTensors)
      throw new AdapterRefusal('too-large', () =>
        textsNow().adapters.refused.tooManyTensors(String(mostTensors)),
      );
    tensors.push(file);
  }
  refuseDoubled(tensors);
  const paths = new Map(
    tensors.flatMap((file, index) =>
      file.tensors.map((tensor) => [tensor, files.weights[index]?.path ?? '']),
    ),
  );
  return describe(files, tensors, config, models, (tensor, offset, length) =>
    withSource(paths.get(tensor) ?? '', (source) => source.read(offset, length)),
  );
}

async function describe(
  files: AdapterFiles,
  tensors: readonly TensorFile[],
  config: AdapterConfig | undefined,
  models: readonly BaseModel[],
  read: (tensor: Tensor, offset: number, length: number) => Promise<Buffer>,
): Promise<ReadAdapter> {
  const [first] = tensors;
  if (!first) throw new AdapterRefusal('empty', () => textsNow().adapters.refused.noTensors);
  if (tensors.some(({ format }) => format !== first.format))
    throw new AdapterRefusal('malformed', () => textsNow().adapters.refused.mixedFormats);
  refuseModel(first);
  const found = findModules(
    tensors.flatMap((file) => file.tensors),
    first.format,
  );
  const claimed = numberIn(first.metadata.get('ss_network_alpha'));
  const alphas = await readAlphas(found.modules, claimed, read);
  const report = describeAdapter({ files: tensors, found, config, alphas, models });
  return { report, files, tensors, config };
}

async function readTensorFile(source: ByteSource): Promise<TensorFile> {
  if (source.head.toString('latin1', 0, 4) === 'GGUF') return readGguf(source);
  if (looksLikeSafetensors(source.head)) return readSafetensors(source);
  // One that is cut off, or whose header was overwritten, is told as what it was.
  return refuseStranger(source);
}

/** A GGUF file says what it is, and a model does not become an adapter by its tensors' names. */
function refuseModel({ format, metadata }: TensorFile): void {
  const type = metadata.get('general.type');
  if (format !== 'gguf' || type === undefined || type === 'adapter') return;
  if (type === 'model') throw new AdapterRefusal('full-model', () => textsNow().adapters.refused.ggufModel);
  throw new AdapterRefusal('other-method', () => textsNow().adapters.refused.otherGguf(quoted(String(type))));
}

function refuseDoubled(files: readonly TensorFile[]): void {
  const names = new Set<string>();
  for (const { name } of files.flatMap((file) => file.tensors)) {
    if (names.has(name))
      throw new AdapterRefusal('duplicate-keys', () => textsNow().adapters.refused.inTwoFiles(quoted(name)));
    names.add(name);
  }
}
