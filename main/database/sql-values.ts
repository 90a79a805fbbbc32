const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A list of keys for `any(?::uuid[])`. The ORM writes an array as a list of values, which is no
 * array to the server.
 */
export function uuidArray(ids: readonly string[]): string {
  const strange = ids.find((id) => !uuid.test(id));
  if (strange !== undefined) throw new Error('This is not a key');
  return `{${ids.join(',')}}`;
}

/** A list of texts for `any(?::text[])`. */
export function textArray(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/** A time as it crosses to the page; every connection speaks UTC. */
export const isoTime = (column: string): string => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
