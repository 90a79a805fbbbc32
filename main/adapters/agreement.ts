import { textsNow } from '../../shared/texts/index.ts';
import { toldBy } from '../../shared/texts/told.ts';
import type { AdapterNote } from '../../shared/schemas/adapter.ts';
import { isMeant, patternFor, type AdapterConfig } from './adapter-config.ts';
import type { AdapterModule, AdapterTensors } from './adapter-modules.ts';
import { quoted } from './refusal.ts';

/** Names that hold for more than one spelling: they are regular expressions, which are not evaluated here. */
const isPattern = (name: string) => /[\\^$*+?()[\]{}|]/.test(name);

/** Where the configuration and the tensors do not say the same. */
export function compareWithConfig(config: AdapterConfig, found: AdapterTensors): AdapterNote[] {
  const { modules, layout } = found;
  // GGUF and MLX have other names or none of this.
  if (layout !== 'peft' && layout !== 'diffusers' && layout !== 'mlx') return [];
  return [
    ...compareRanks(config, modules),
    ...compareTargets(config, modules),
    ...compareLayers(config, modules),
    ...compareDora(config, modules),
    ...compareWholeWeights(config, found.wholeWeights),
  ];
}

function compareRanks(
  { rank, rankPattern }: AdapterConfig,
  modules: readonly AdapterModule[],
): AdapterNote[] {
  if (rank === undefined) return [];
  const unclear = new Set([...rankPattern].flatMap(([name, value]) => (isPattern(name) ? [value] : [])));
  const other = modules.filter(
    (module) => patternFor(rankPattern, module.name, rank) !== module.rank && !unclear.has(module.rank),
  );
  const [first] = other;
  if (!first) return [];
  const expected = patternFor(rankPattern, first.name, rank) ?? rank;
  const message = toldBy(() =>
    textsNow().adapters.notes.rank(expected, first.rank, other.length, modules.length),
  );
  return [{ kind: 'rank', message }];
}

function compareTargets({ targetModules }: AdapterConfig, modules: readonly AdapterModule[]): AdapterNote[] {
  if (targetModules === undefined || targetModules === 'all-linear') return [];
  if (typeof targetModules === 'string' || targetModules.some(isPattern))
    return [{ kind: 'not-checked', message: toldBy(() => textsNow().adapters.notes.pattern) }];
  const notes: AdapterNote[] = [];
  const wanted = new Set(targetModules);
  const isWanted = ({ name, place }: AdapterModule) =>
    wanted.has(place.target) || targetModules.slice(0, 100).some((target) => isMeant(name, target));
  const foreign = [
    ...new Set(modules.filter((module) => !isWanted(module)).map(({ place }) => place.target)),
  ];
  if (foreign.length > 0)
    notes.push({
      kind: 'targets',
      message: toldBy(() => textsNow().adapters.notes.alsoAdapts(list(foreign))),
    });
  const targets = new Set(modules.map(({ place }) => place.target));
  const absent = targetModules
    .slice(0, 100)
    .filter((target) => !targets.has(target) && !modules.some(({ name }) => isMeant(name, target)));
  if (absent.length > 0)
    notes.push({ kind: 'targets', message: toldBy(() => textsNow().adapters.notes.adaptsNot(list(absent))) });
  return notes;
}

function compareLayers({ layers }: AdapterConfig, modules: readonly AdapterModule[]): AdapterNote[] {
  if (!layers) return [];
  const wanted = new Set(layers);
  const there = new Set(modules.flatMap(({ place }) => place.layerNumber ?? []));
  const foreign = [...there].filter((layer) => !wanted.has(layer));
  const absent = [...wanted].filter((layer) => !there.has(layer));
  if (foreign.length + absent.length === 0) return [];
  return [
    { kind: 'layers', message: toldBy(() => textsNow().adapters.notes.layers(wanted.size, there.size)) },
  ];
}

function compareDora({ isDora }: AdapterConfig, modules: readonly AdapterModule[]): AdapterNote[] {
  const withMagnitude = modules.filter((module) => module.isDora).length;
  const without = modules.length - withMagnitude;
  if (isDora === true && without > 0)
    return [{ kind: 'dora', message: toldBy(() => textsNow().adapters.notes.dora(without, modules.length)) }];
  if (isDora === false && withMagnitude > 0)
    return [{ kind: 'dora', message: toldBy(() => textsNow().adapters.notes.doraDenied) }];
  return [];
}

function compareWholeWeights({ modulesToSave }: AdapterConfig, whole: readonly string[]): AdapterNote[] {
  const absent = modulesToSave.slice(0, 100).filter((name) => !whole.some((module) => isMeant(module, name)));
  if (absent.length === 0) return [];
  return [{ kind: 'whole-weights', message: toldBy(() => textsNow().adapters.notes.notWhole(list(absent))) }];
}

export function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).map(quoted);
  return textsNow().adapters.named(shown, names.length - shown.length);
}
