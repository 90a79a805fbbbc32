import type { AdapterLayout } from '../../shared/schemas/adapter.ts';

/** What a tensor is to the module it belongs to: the factors of its change are `down` and `up`. */
export type TensorPart = 'down' | 'up' | 'middle' | 'alpha' | 'magnitude' | 'bias' | 'whole';

export interface NamedPart {
  readonly module: string;
  readonly part: TensorPart;
  /** Undefined where the name alone does not tell. */
  readonly layout: AdapterLayout | undefined;
}

/** How PEFT calls what belongs to a module; after it may come the adapter's name, then `weight`. */
const peftParts: readonly (readonly [string, TensorPart])[] = [
  ['.lora_A', 'down'],
  ['.lora_B', 'up'],
  ['.lora_embedding_A', 'down'],
  ['.lora_embedding_B', 'up'],
  ['.lora_magnitude_vector', 'magnitude'],
];
const endings: readonly (readonly [string, TensorPart, AdapterLayout])[] = [
  ['.lora_down.weight', 'down', 'kohya'],
  ['.lora_up.weight', 'up', 'kohya'],
  ['.lora_mid.weight', 'middle', 'kohya'],
  ['.dora_scale', 'magnitude', 'kohya'],
  ['.alpha', 'alpha', 'kohya'],
  ['_lora.down.weight', 'down', 'diffusers'],
  ['_lora.up.weight', 'up', 'diffusers'],
  ['.lora.down.weight', 'down', 'diffusers'],
  ['.lora.up.weight', 'up', 'diffusers'],
  ['.lora_a', 'down', 'mlx'],
  ['.lora_b', 'up', 'mlx'],
];
const ofDiffusers = /^(?:unet|transformer|text_encoder(?:_\d)?|prior)\./;

export function readTensorName(name: string): NamedPart {
  // Nearly all are one of these.
  if (name.endsWith('.lora_A.weight')) return ofPeft(name.slice(0, -14), 'down');
  if (name.endsWith('.lora_B.weight')) return ofPeft(name.slice(0, -14), 'up');
  for (const [mark, part] of peftParts) {
    const at = name.lastIndexOf(mark);
    if (at <= 0) continue;
    const rest = name.slice(at + mark.length);
    if (rest !== '' && !rest.startsWith('.')) continue;
    return ofPeft(name.slice(0, at), rest.endsWith('.bias') ? 'bias' : part);
  }
  for (const [ending, part, layout] of endings)
    if (name.endsWith(ending)) return { module: name.slice(0, -ending.length), part, layout };
  return { module: wholeModule(name), part: 'whole', layout: undefined };
}

function ofPeft(prefixed: string, part: TensorPart): NamedPart {
  const module = withoutPeftPrefix(prefixed);
  return { module, part, layout: ofDiffusers.test(module) ? 'diffusers' : 'peft' };
}

/** What other ways of adapting a model leave behind; undefined where it is none of them. */
export function otherMethodOf(name: string): string | undefined {
  if (name.includes('.hada_')) return 'LoHa';
  if (name.includes('.lokr_')) return 'LoKr';
  if (name.includes('.ia3_')) return 'IA³';
  if (name.includes('.vera_lambda')) return 'VeRA';
  if (name.includes('.oft_') || name.includes('.boft_')) return 'OFT';
  if (/(?:^|\.)prompt_embeddings$/.test(name)) return 'prompt tuning';
  return undefined;
}

function withoutPeftPrefix(module: string): string {
  return module.startsWith('base_model.model.') ? module.slice('base_model.model.'.length) : module;
}

function wholeModule(name: string): string {
  const at = name.lastIndexOf('.modules_to_save.');
  if (at > 0) return withoutPeftPrefix(name.slice(0, at));
  return withoutPeftPrefix(name).replace(/\.(?:weight|bias)$/, '');
}

/** Where in a model a module stands. */
export interface ModulePlace {
  readonly purpose: 'text' | 'image';
  /** As it is called in the map; '' for what stands outside of the layers. */
  readonly layer: string;
  /** Its number, for models of text. */
  readonly layerNumber: number | undefined;
  /** `q_proj` and the like, by one name for all formats. */
  readonly target: string;
}

const ofGguf: Readonly<Record<string, string>> = {
  attn_q: 'q_proj',
  attn_k: 'k_proj',
  attn_v: 'v_proj',
  attn_output: 'o_proj',
  attn_qkv: 'qkv_proj',
  ffn_gate: 'gate_proj',
  ffn_up: 'up_proj',
  ffn_down: 'down_proj',
  ffn_gate_exps: 'experts.gate_proj',
  ffn_up_exps: 'experts.up_proj',
  ffn_down_exps: 'experts.down_proj',
  token_embd: 'embed_tokens',
  output: 'lm_head',
};
const inLayer = /(?:^|\.)(?:layers?|h|blk|blocks?)\.(\d{1,6})\.(.+)$/;
const ofImages =
  /^(?:lora_unet_|lora_te\d?_|lora_transformer_|lora_prior_|unet\.|text_encoder(?:_\d)?\.|transformer\.(?:single_)?transformer_blocks\.|prior\.)/;
const ofTextEncoder = /^(?:lora_te(\d?)_|text_encoder(?:_(\d))?\.)/;
/** Of names in which words and levels are both joined by underscores. */
const imageTargets =
  /_((?:to_(?:q|k|v|out_0|out)|ff_net_(?:0_proj|2)|(?:q|k|v|out)_proj|proj_(?:in|out|mlp)|fc[12]|conv_?\w{0,12}|time_emb_proj|linear[12]?|qkv|proj|add_(?:q|k|v)_proj|mlp_[02]|lin))$/;

export function placeOf(module: string): ModulePlace {
  if (ofImages.test(module)) return placeInImageModel(module);
  const found = inLayer.exec(module);
  const path = (found?.[2] ?? module).replace(/\.weight$/, '');
  const last = path.slice(path.lastIndexOf('.') + 1);
  const known = Object.hasOwn(ofGguf, last) ? ofGguf[last] : undefined;
  const target = known ?? (/(?:^|\.)experts\.\d+\./.test(path) ? `experts.${last}` : last);
  const layerNumber = found?.[1] === undefined ? undefined : Number(found[1]);
  return {
    purpose: 'text',
    layer: layerNumber === undefined ? '' : String(layerNumber),
    layerNumber,
    target,
  };
}

function placeInImageModel(module: string): ModulePlace {
  const encoder = ofTextEncoder.exec(module);
  const path = `_${module.replace(ofImages, '').replaceAll('.', '_').replace('_processor_', '_')}`;
  const target = imageTargets.exec(path)?.[1] ?? path.slice(path.lastIndexOf('_') + 1);
  const above = path.slice(1, Math.max(1, path.length - target.length - 1));
  const layer = above
    .replaceAll(/_?(?:text_model_encoder|self_attn|mlp|attentions|transformer_blocks|blocks?)(?=_|$)/g, '')
    .replaceAll(/_+/g, ' ')
    .trim();
  const prefix = encoder ? `text ${encoder[1] ?? encoder[2] ?? ''}`.trim() : '';
  return { purpose: 'image', layer: `${prefix} ${layer}`.trim(), layerNumber: undefined, target };
}
