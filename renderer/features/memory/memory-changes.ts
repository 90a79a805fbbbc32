import type { MemoryChange, MemoryDto } from '../../../shared/schemas/memory.ts';

/** What a person changed of a memory and the library does not have yet. */
export type Changes = Omit<MemoryChange, 'id' | 'version' | 'goesOn' | 'documentId'>;
type Field = keyof Changes;

/** What a memory says; the rest is about it. */
const texts = ['content', 'title'] as const;

const valueOf = (memory: MemoryDto, field: Field): unknown =>
  field === 'tags' ? memory.tags.map(({ name }) => name).toSorted() : memory[field];

const wantedValue = (changes: Changes, field: Field): unknown =>
  field === 'tags' ? changes.tags?.toSorted() : changes[field];

const isSame = (a: unknown, b: unknown): boolean =>
  // A text may have two megabytes, and is compared on every key.
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));

const fieldsOf = (changes: Changes): Field[] =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The type of the object names its keys.
  (Object.keys(changes) as Field[]).filter((field) => changes[field] !== undefined);

const only = (changes: Changes, fields: readonly Field[]): Changes =>
  Object.fromEntries(fields.map((field) => [field, changes[field]]));

/** Those that still make a difference. */
export function realChanges(memory: MemoryDto, changes: Changes): Changes {
  return only(
    changes,
    fieldsOf(changes).filter((field) => !isSame(wantedValue(changes, field), valueOf(memory, field))),
  );
}

/** Without those that have been saved as they are. */
export function withoutSaved(changes: Changes, saved: Changes): Changes {
  return only(
    changes,
    fieldsOf(changes).filter((field) => !isSame(changes[field], saved[field])),
  );
}

export const isEmpty = (changes: Changes): boolean => fieldsOf(changes).length === 0;

/** The memory as it will be. */
export function withChanges(memory: MemoryDto, { tags, ...changes }: Changes): MemoryDto {
  const known = new Map(memory.tags.map((tag) => [tag.name, tag]));
  const changed = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return {
    ...memory,
    ...changed,
    ...(tags ? { tags: tags.map((name) => known.get(name) ?? { id: '', name, colour: null }) } : {}),
  };
}

/**
 * What a person changed of `base`, when somebody else has made `theirs` of it meanwhile. Where the two did
 * not touch the same text, both hold; tags that were added or taken away on either side are.
 */
export function onTopOf(
  base: MemoryDto,
  changes: Changes,
  theirs: MemoryDto,
): { readonly changes: Changes; readonly meet: boolean } {
  const meet = texts.some(
    (field) =>
      changes[field] !== undefined &&
      !isSame(base[field], theirs[field]) &&
      !isSame(changes[field], theirs[field]),
  );
  if (changes.tags === undefined) return { changes: realChanges(theirs, changes), meet };
  const before = new Set(base.tags.map(({ name }) => name));
  const wanted = new Set(changes.tags);
  const now = theirs.tags.map(({ name }) => name);
  const tags = [
    ...now.filter((name) => wanted.has(name) || !before.has(name)),
    ...changes.tags.filter((name) => !before.has(name) && !now.includes(name)),
  ];
  return { changes: realChanges(theirs, { ...changes, tags }), meet };
}

/** Whether so much of a text is gone that what was there should be a state of its own in the history. */
export function losesMuch(before: string, after: string): boolean {
  const lost = before.length - after.length;
  return lost > 200 || (lost > 20 && lost > before.length / 4) || !sharesEdges(before, after);
}

/** Typing changes one place of a text; whoever replaces all of it keeps neither its beginning nor its end. */
function sharesEdges(before: string, after: string): boolean {
  const edge = Math.min(12, before.length, after.length);
  return before.slice(0, edge) === after.slice(0, edge) || before.slice(-edge) === after.slice(-edge);
}
