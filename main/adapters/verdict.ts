import { textsNow } from '../../shared/texts/index.ts';
import { toldBy } from '../../shared/texts/told.ts';
import type { AdapterVerdict } from '../../shared/schemas/adapter.ts';
import type { AdapterModule } from './adapter-modules.ts';
import { findByName, lastOf, type BaseModel } from './base-models.ts';
import { quoted } from './refusal.ts';

type Measure = (model: BaseModel) => number | undefined;
const hidden: Measure = (model) => model.hidden;
const queries: Measure = ({ heads, headSize }) => heads * headSize;
const keysAndValues: Measure = ({ keyValueHeads, headSize }) => keyValueHeads * headSize;
const intermediate: Measure = (model) => model.intermediate;
const vocabulary: Measure = (model) => model.vocabulary;

/** What goes into a weight and what comes out of it, by the name of the weight. */
const measuresOf: Readonly<Record<string, readonly [Measure, Measure]>> = {
  q_proj: [hidden, queries],
  k_proj: [hidden, keysAndValues],
  v_proj: [hidden, keysAndValues],
  o_proj: [queries, hidden],
  qkv_proj: [hidden, (model) => model.headSize * (model.heads + 2 * model.keyValueHeads)],
  gate_proj: [hidden, intermediate],
  up_proj: [hidden, intermediate],
  down_proj: [intermediate, hidden],
  gate_up_proj: [hidden, (model) => 2 * model.intermediate],
  lm_head: [hidden, vocabulary],
  embed_tokens: [vocabulary, hidden],
};

/** The cross-attention of an image model reads what its text encoder writes: that tells the families apart. */
const imageModels: ReadonlyMap<number, string> = new Map([
  [768, 'Stable Diffusion 1.5'],
  [1024, 'Stable Diffusion 2'],
  [2048, 'SDXL'],
]);

export function judge(
  modules: readonly AdapterModule[],
  claimed: string | undefined,
  models: readonly BaseModel[],
): AdapterVerdict {
  if (modules.some(({ place }) => place.purpose === 'image')) return judgeImage(modules);
  const shapes = distinctShapes(modules);
  const layers = modules.reduce((most, { place }) => Math.max(most, (place.layerNumber ?? -1) + 1), 0);
  const fitting = shapes.length > 0 ? models.filter((model) => fits(model, shapes, layers)) : [];
  const named = claimed === undefined ? undefined : findByName(claimed, models);
  const size = hiddenOf(shapes);
  const seen = () =>
    size === undefined ? textsNow().adapters.verdict.unreadable : textsNow().adapters.verdict.hidden(size);
  const names = fitting.map(({ name }) => name);
  if (named && fitting.includes(named))
    return {
      kind: 'fits',
      message: toldBy(() => textsNow().adapters.verdict.fits(measured(named, layers))),
      models: names,
    };
  if (named && shapes.length > 0) {
    const hiddenSaid = size === named.hidden ? null : named.hidden;
    return {
      kind: 'contradicts',
      message: toldBy(() =>
        textsNow().adapters.verdict.contradicts(
          seen(),
          names.length > 0 ? shortList(names) : '',
          named.name,
          hiddenSaid,
        ),
      ),
      models: names,
    };
  }
  const best = closest(fitting, layers);
  const said = () =>
    claimed === undefined ? '' : ` ${textsNow().adapters.verdict.says(quoted(lastOf(claimed)))}`;
  if (best.length > 0)
    return {
      kind: 'likely',
      message: toldBy(
        () =>
          `${textsNow().adapters.verdict.likely(shortList(best.map((model) => measured(model, layers))))}${said()}`,
      ),
      models: names,
    };
  return {
    kind: 'unknown-shapes',
    message: toldBy(() => `${textsNow().adapters.verdict.unknown(seen())}${said()}`),
    models: [],
  };
}

function judgeImage(modules: readonly AdapterModule[]): AdapterVerdict {
  const widths = modules.flatMap(({ name, inFeatures }) =>
    /attn2[._](?:processor[._])?to_[kv](?:_lora)?$/.test(name) ? [inFeatures] : [],
  );
  const family =
    widths[0] !== undefined
      ? imageModels.get(widths[0])
      : modules.some(({ name }) => /double_blocks|single_transformer_blocks/.test(name))
        ? 'Flux'
        : undefined;
  return {
    kind: 'image',
    message: toldBy(() => textsNow().adapters.verdict.image(family ?? '')),
    models: family ? [family] : [],
  };
}

interface Shape {
  readonly measures: readonly [Measure, Measure];
  readonly inFeatures: number;
  readonly outFeatures: number;
}

function distinctShapes(modules: readonly AdapterModule[]): Shape[] {
  const found: Shape[] = [];
  for (const { place, inFeatures, outFeatures } of modules) {
    const measures = Object.hasOwn(measuresOf, place.target) ? measuresOf[place.target] : undefined;
    if (!measures || found.length >= 100) continue;
    const isKnown = found.some(
      (each) =>
        each.measures === measures && each.inFeatures === inFeatures && each.outFeatures === outFeatures,
    );
    if (!isKnown) found.push({ measures, inFeatures, outFeatures });
  }
  return found;
}

function fits(model: BaseModel, shapes: readonly Shape[], layers: number): boolean {
  const agrees = (measure: Measure, value: number) => (measure(model) ?? value) === value;
  return (
    layers <= model.layers &&
    shapes.every(({ measures: [into, out], inFeatures, outFeatures }) => {
      return agrees(into, inFeatures) && agrees(out, outFeatures);
    })
  );
}

function hiddenOf(shapes: readonly Shape[]): number | undefined {
  for (const { measures, inFeatures, outFeatures } of shapes) {
    if (measures[0] === hidden) return inFeatures;
    if (measures[1] === hidden) return outFeatures;
  }
  return undefined;
}

/** Those whose every layer is adapted, if there are any. */
function closest(models: readonly BaseModel[], layers: number): readonly BaseModel[] {
  const whole = models.filter((model) => model.layers === layers);
  return whole.length > 0 ? whole : models;
}

function measured({ name, hidden: size, layers: all }: BaseModel, layers: number): string {
  return textsNow().adapters.verdict.measures(name, size, all, layers);
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  return textsNow().adapters.verdict.several(shown, more);
}
