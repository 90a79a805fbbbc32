/** What must be the same in a library after any later version has opened it; kept beside its archive. */
export interface KeptFacts {
  readonly version: string;
  /** Of the machine it was made on: the files of a database are of its kind. */
  readonly platform: string;
  readonly migrations: number;
  /** By table, how many rows and a hash of what a person wrote in them. */
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly hash: string }>>;
}

const facts = (table: string, columns: string, order = 'id') =>
  `select count(*)::int as rows, md5(string_agg(concat_ws('|', ${columns}), E'\\n' order by ${order})) as hash from ${table}`;

/** Only what a person wrote or decided, in columns that have been there from the first version on. */
export const factQueries: Readonly<Record<string, string>> = {
  memory: facts('memory', 'id, title, content, importance, pinned, session_id'),
  memory_version: facts('memory_version', 'id, content'),
  tag: facts('tag', 'id, name'),
  memory_tag: facts('memory_tag', 'memory_id, tag_id', 'memory_id, tag_id'),
  session: facts('session', 'id, title'),
};
