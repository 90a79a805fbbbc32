import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { root } from '../scripts/places.mjs';
import { option } from './report.ts';

const document = z
  .object({ ['_id']: z.string(), title: z.string(), text: z.string() })
  .transform(({ ['_id']: id, title, text }) => ({ id, title, text }));
const query = z
  .object({ ['_id']: z.string(), text: z.string() })
  .transform(({ ['_id']: id, text }) => ({ id, text }));

export interface SciFact {
  readonly documents: readonly z.infer<typeof document>[];
  /** Those of the test set: the ones that judgements exist for. */
  readonly queries: readonly z.infer<typeof query>[];
  /** Query → document → how relevant. */
  readonly judgements: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** The public set of 5,183 abstracts and 300 claims that search by meaning is measured on. */
export function readSciFact(args: readonly string[]): SciFact {
  const folder = path.resolve(
    root,
    option(args, 'data') ?? path.join(process.env['LOCI_EVAL_DIR'] ?? '../shared/eval', 'scifact'),
  );
  if (!fs.existsSync(folder))
    throw new Error(`No SciFact in ${folder}. Give the folder with --data, or its parent as LOCI_EVAL_DIR.`);
  const lines = (file: string): string[] =>
    fs.readFileSync(path.join(folder, file), 'utf8').trimEnd().split('\n');
  const judgements = new Map<string, Map<string, number>>();
  for (const line of lines('qrels.tsv').slice(1)) {
    const [queryId = '', documentId = '', score = ''] = line.split('\t');
    const judged = judgements.get(queryId) ?? new Map<string, number>();
    judgements.set(queryId, judged.set(documentId, Number(score)));
  }
  return {
    documents: lines('corpus.jsonl').map((line) => document.parse(JSON.parse(line))),
    queries: lines('queries.jsonl')
      .map((line) => query.parse(JSON.parse(line)))
      .filter(({ id }) => judgements.has(id)),
    judgements,
  };
}
