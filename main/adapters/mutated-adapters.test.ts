import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { inspection, refusalReasons } from '../../shared/schemas/adapter.ts';
import { checkWeights } from './check-weights.ts';
import { hashAdapter } from './adapter-hashes.ts';
import { inspectAdapter, readAdapter } from './inspect-adapter.ts';
import { mutatedAdapter, prepare, writeMutated } from './mutated-adapters.ts';
import { temporaryFolder } from './testing.ts';

const temporary = temporaryFolder();
afterAll(() => temporary[Symbol.dispose]());
/** As many as do not hold up a run; `LOCI_MUTATIONS=20000` for all, and `npm run bench -- adapters` takes its time. */
const runs = Number(process.env['LOCI_MUTATIONS'] ?? 3000);

test(
  'whatever was done to a file, there is an answer to it, and always one of those there are',
  { timeout: 300_000 },
  async () => {
    prepare(temporary.folder);
    const answers = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(mutatedAdapter, async (mutated) => {
        const place = writeMutated(temporary.folder, mutated);
        const answer = inspection.parse(await inspectAdapter(place));
        const kind = answer.ok ? 'adapter' : answer.refusal.reason;
        answers.set(kind, (answers.get(kind) ?? 0) + 1);
        if (!answer.ok) return;
        // What is taken can also be read to its end.
        const adapter = await readAdapter(place);
        const { tensorHash } = await hashAdapter(adapter);
        expect(tensorHash).toMatch(/^[0-9a-f]{64}$/);
        expect(await checkWeights(adapter)).toMatchObject({ tensors: adapter.report.tensors });
      }),
      { numRuns: runs },
    );
    // The changes reach far into the readers, and do not only break the first bytes.
    const reached = refusalReasons.filter((reason) => answers.has(reason));
    expect(reached).toEqual(
      expect.arrayContaining(['malformed', 'truncated', 'wrong-size', 'unknown-format']),
    );
    expect(answers.get('adapter') ?? 0).toBeGreaterThan(runs / 20);
  },
);
