import type { z } from 'zod';

/** One thing the page may ask of main: what it sends and what comes back. */
export interface Operation<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

export function operation<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): Operation<Input, Output> {
  return { input, output };
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
