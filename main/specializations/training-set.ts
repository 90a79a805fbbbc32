import { createHash } from 'node:crypto';
import type {
  LeavingReason,
  TrainingFormat,
  TrainingOptions,
  TrainingPart,
} from '../../shared/schemas/specialization-use.ts';

export interface TrainingMemory {
  readonly id: string;
  readonly title: string | null;
  readonly content: string;
}

export type Example = { readonly line: string; readonly key: string } | { readonly leftOut: LeavingReason };

/** A first line longer than that is a paragraph. */
const longestFirstLine = 160;

/** One memory as a line of the file, or why it makes none. `key` is equal for those that say the same. */
export function exampleOf(
  { title, content }: TrainingMemory,
  options: { readonly format: TrainingFormat; readonly prompt: string },
): Example {
  const text = content.trim();
  const heading = title?.trim() ?? '';
  if (options.format === 'text') {
    const whole = [heading, text].filter((part) => part !== '').join('\n\n');
    return whole === '' ? { leftOut: 'empty' } : line({ text: whole }, whole);
  }
  if (text === '') return { leftOut: 'empty' };
  const asked = promptFor(heading, text, options.prompt);
  if (!asked) return { leftOut: 'no-prompt' };
  const { prompt, answer } = asked;
  return options.format === 'instruction'
    ? line({ instruction: prompt, input: '', output: answer }, answer)
    : line({ prompt, completion: answer }, answer);
}

function promptFor(
  title: string,
  text: string,
  template: string,
): { prompt: string; answer: string } | undefined {
  if (!template.includes('{title}')) {
    const prompt = template.trim();
    return prompt === '' ? undefined : { prompt, answer: text };
  }
  const fill = (name: string) => template.replaceAll('{title}', () => name).trim();
  if (title !== '') return { prompt: fill(title), answer: text };
  // Of a memory without a title, its first line often is one.
  const [first = '', ...rest] = text.split('\n');
  const heading = first.replace(/^#+\s*/, '').trim();
  const answer = rest.join('\n').trim();
  if (heading === '' || heading.length > longestFirstLine || answer === '') return undefined;
  return { prompt: fill(heading), answer };
}

const line = (value: Readonly<Record<string, string>>, said: string): Example => ({
  line: JSON.stringify(value),
  key: createHash('sha256')
    .update(said.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim())
    .digest('base64'),
});

/** Which of them are kept apart: so many of a hundred, the same ones for the same seed. */
export function splitBySeed(
  ids: readonly string[],
  { validationPercent, seed }: Pick<TrainingOptions, 'validationPercent' | 'seed'>,
): Map<string, TrainingPart> {
  const count = Math.round((ids.length * validationPercent) / 100);
  const drawn = ids
    .map((id) => ({ id, lot: createHash('sha256').update(`${seed} ${id}`).digest('hex') }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1));
  return new Map(drawn.map(({ id }, index) => [id, index < count ? 'validation' : 'training']));
}
