/** What tells versions of one adapter from other adapters. */
export interface VersionedAdapter {
  readonly id: string;
  readonly name: string;
  /** Null for what has no adapter. */
  readonly format: string | null;
  readonly baseModel: string | null;
  readonly targets: readonly string[];
  readonly tensorHash: string | null;
  readonly createdAt: string;
}

/** Behind a name: which of several it is. */
const marks =
  /^(?:v|ver|version|rev|epoch|ep|step|steps|checkpoint|ckpt|iter|iteration|run|try|part|r|rank|copy|final|latest|last|best|old|new|draft|beta|lora|adapter|adapters|peft|gguf|safetensors|mlx|f16|fp16|bf16|f32|fp32|int[48]|q\d\w*)$/;
const numbered =
  /^(?:v|ver|version|rev|epoch|ep|e|step|steps|s|checkpoint|ckpt|iter|run|try|part|r|rank)?\d+(?:\.\d+)*$/;

/** Of `law-lora_v2 (final)` and `Law LoRA checkpoint-500`: `law`. */
export function nameStem(name: string): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}.]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  let end = words.length;
  while (end > 1 && isMark(words[end - 1] ?? '')) end--;
  return words.slice(0, end).join(' ');
}

const isMark = (word: string): boolean => marks.test(word) || numbered.test(word);

/**
 * Puts versions of the same adapter together: those with the very same weights, whatever stands around them, and those
 * for the same modules of the same base model whose names differ only by which version they are. Answers with the eldest
 * of each group, for those that are in one.
 */
export function groupVersions(adapters: readonly VersionedAdapter[]): Map<string, string> {
  const parents = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root))
      root = next;
    parents.set(key, root);
    return root;
  };
  const eldestFirst = adapters
    .filter(({ format }) => format !== null)
    .toSorted((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
  const ages = new Map(eldestFirst.map(({ id }, index) => [id, index]));
  const firsts = new Map<string, string>();
  for (const adapter of eldestFirst) {
    parents.set(adapter.id, adapter.id);
    for (const key of keysOf(adapter)) {
      const first = firsts.get(key);
      if (first === undefined) {
        firsts.set(key, adapter.id);
        continue;
      }
      const [a, b] = [rootOf(first), rootOf(adapter.id)];
      const [older, younger] = (ages.get(a) ?? 0) <= (ages.get(b) ?? 0) ? [a, b] : [b, a];
      parents.set(younger, older);
    }
  }
  const groups = Map.groupBy(eldestFirst, ({ id }) => rootOf(id));
  return new Map(
    [...groups].flatMap(([root, group]) =>
      group.length > 1 ? group.map(({ id }) => [id, root] as const) : [],
    ),
  );
}

function keysOf({ tensorHash, baseModel, targets, name }: VersionedAdapter): string[] {
  const keys = tensorHash === null ? [] : [`weights ${tensorHash}`];
  const stem = nameStem(name);
  // Names alone say little: half of all adapters are called “adapter”.
  if (baseModel !== null && targets.length > 0 && stem !== '')
    keys.push(JSON.stringify([stem, baseModel.toLowerCase(), targets.toSorted()]));
  return keys;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
