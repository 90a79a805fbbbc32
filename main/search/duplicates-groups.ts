import type { PairKey, StoredPair } from './duplicates.repository.ts';

/** Memories that say the same, or nearly. */
export interface DuplicateGroup {
  readonly ids: readonly string[];
  /** Of the least alike with the one that all others are like. */
  readonly similarity: number;
  readonly overlap: number;
  /** They all say the very same. */
  readonly areCopies: boolean;
}

interface Node {
  readonly ids: readonly string[];
  /** The likest pair with each other node. */
  readonly near: Map<Node, StoredPair>;
}

/**
 * Each memory is in one group at most, and every memory of a group is like its first: the ends of a chain, of which only
 * neighbours are alike, are not taken for each other. Two that a person keeps apart are never together because of
 * each other.
 */
export function groupDuplicates(
  copies: readonly (readonly string[])[],
  pairs: readonly StoredPair[],
  distinctions: readonly PairKey[],
): DuplicateGroup[] {
  const distinct = new Set(distinctions.map(keyOf));
  const keptApart = new Set(distinctions.flatMap(({ memoryId, otherId }) => [memoryId, otherId]));
  /** Whether anything of one is to be kept apart from anything of the other. */
  const areDistinct = (some: readonly string[], others: readonly string[]) => {
    const asked = others.filter((id) => keptApart.has(id));
    return some.some((a) => keptApart.has(a) && asked.some((b) => distinct.has(a < b ? a + b : b + a)));
  };

  const nodes = new Map<string, Node>();
  const nodeOf = (id: string): Node => nodes.get(id) ?? addNode([id]);
  const addNode = (ids: readonly string[]): Node => {
    const node = { ids, near: new Map<Node, StoredPair>() };
    for (const id of ids) nodes.set(id, node);
    return node;
  };
  for (const group of copies)
    for (const ids of partsOf(group, (id) => keptApart.has(id), areDistinct)) addNode(ids);
  for (const pair of pairs) {
    if (distinct.has(keyOf(pair))) continue;
    const [a, b] = [nodeOf(pair.memoryId), nodeOf(pair.otherId)];
    if (a === b || areDistinct(a.ids, b.ids)) continue;
    if ((a.near.get(b)?.similarity ?? 0) >= pair.similarity) continue;
    a.near.set(b, pair);
    b.near.set(a, pair);
  }

  const all = [...new Set(nodes.values())].toSorted(
    (a, b) => b.near.size - a.near.size || (first(a) < first(b) ? -1 : 1),
  );
  const taken = new Set<Node>();
  const groups: DuplicateGroup[] = [];
  for (const leader of all) {
    if (taken.has(leader)) continue;
    taken.add(leader);
    const followers = [...leader.near].filter(([node]) => !taken.has(node));
    const members: Node[] = [leader];
    const links: StoredPair[] = [];
    for (const [node, link] of followers) {
      if (members.some(({ ids }) => areDistinct(ids, node.ids))) continue;
      taken.add(node);
      members.push(node);
      links.push(link);
    }
    const ids = members.flatMap((node) => node.ids);
    if (ids.length < 2) continue;
    groups.push({
      ids,
      similarity: Math.min(1, ...links.map(({ similarity }) => similarity)),
      overlap: Math.min(1, ...links.map(({ overlap }) => overlap)),
      areCopies: links.length === 0,
    });
  }
  return groups.toSorted(
    (a, b) =>
      Number(b.areCopies) - Number(a.areCopies) ||
      b.similarity - a.similarity ||
      b.ids.length - a.ids.length ||
      ((a.ids[0] ?? '') < (b.ids[0] ?? '') ? -1 : 1),
  );
}

const keyOf = ({ memoryId, otherId }: PairKey): string => `${memoryId}${otherId}`;
const first = ({ ids }: Node): string => ids[0] ?? '';

/** Divided so that in no part two are to be kept apart. */
function partsOf(
  ids: readonly string[],
  isKeptApart: (id: string) => boolean,
  areDistinct: (some: readonly string[], others: readonly string[]) => boolean,
): readonly (readonly string[])[] {
  const parts: string[][] = [ids.filter((id) => !isKeptApart(id))];
  for (const id of ids.filter(isKeptApart)) {
    const part = parts.find((each) => !areDistinct([id], each));
    if (part) part.push(id);
    else parts.push([id]);
  }
  return parts.filter((part) => part.length > 0);
}
