import type { z } from 'zod';

/** A query only looks, so it may be asked again when the connection to the library was lost; a command never is. */
export type OperationKind = 'query' | 'command';

/** One thing the page may ask of main: what it sends and what comes back. */
export interface Operation<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: OperationKind;
  readonly input: Input;
  readonly output: Output;
}

export function query<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): Operation<Input, Output> {
  return { kind: 'query', input, output };
}

export function command<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): Operation<Input, Output> {
  return { kind: 'command', input, output };
}

export type ContractShape = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** What main implements: one function for every operation. A missing one does not compile. */
export type Handlers<C extends ContractShape> = {
  readonly [F in keyof C]: {
    readonly [V in keyof C[F]]: (input: z.output<C[F][V]['input']>) => Promise<z.input<C[F][V]['output']>>;
  };
};

/** What the page calls. Rejects with a `LociFailure` that carries one of the closed set of codes. */
export type Client<C extends ContractShape> = {
  readonly [F in keyof C]: {
    readonly [V in keyof C[F]]: undefined extends z.input<C[F][V]['input']>
      ? () => Promise<z.output<C[F][V]['output']>>
      : (input: z.input<C[F][V]['input']>) => Promise<z.output<C[F][V]['output']>>;
  };
};
