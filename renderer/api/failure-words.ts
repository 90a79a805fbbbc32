import { LociFailure } from './client.ts';

/** Why something could not be done, as a sentence for a person. Whatever is not a refusal of main is a mistake of this page. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export interface FormFailure<Field extends string> {
  /** What is wrong with which field. */
  readonly fields: Readonly<Partial<Record<Field, string>>>;
  /** What concerns none of them. */
  readonly form?: string;
}

/**
 * Where in a form a refusal belongs. `conflictAt` names the field that must be unique, because a
 * conflict says what is the matter and not where.
 */
export function formFailure<Field extends string>(
  error: unknown,
  known: readonly Field[],
  conflictAt?: Field,
): FormFailure<Field> {
  if (error instanceof LociFailure && error.code === 'conflict' && conflictAt !== undefined) {
    return { fields: fieldWith(conflictAt, error.message) };
  }
  const fields: Partial<Record<Field, string>> = {};
  for (const { path, message } of issuesOf(error)) {
    const field = known.find((name) => name === path);
    if (field !== undefined) fields[field] ??= message;
  }
  return Object.keys(fields).length > 0 ? { fields } : { fields, form: reasonOf(error) };
}

function fieldWith<Field extends string>(field: Field, message: string): Partial<Record<Field, string>> {
  const fields: Partial<Record<Field, string>> = {};
  fields[field] = message;
  return fields;
}

function issuesOf(error: unknown): { path: string; message: string }[] {
  if (!(error instanceof LociFailure) || error.code !== 'invalid_input') return [];
  const { details } = error;
  return Array.isArray(details) ? details.filter(isIssue) : [];
}

function isIssue(value: unknown): value is { path: string; message: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    'message' in value &&
    typeof value.path === 'string' &&
    typeof value.message === 'string'
  );
}
