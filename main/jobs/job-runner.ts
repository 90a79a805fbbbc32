import type { z } from 'zod';

export type Json = z.core.util.JSONType;

/** How far it is. Without a total nobody knows yet how much there is. */
export interface JobProgress {
  readonly progress: number;
  readonly total?: number | null;
}

/** What the work of a job is given. */
export interface JobContext<Parameters = unknown, Checkpoint = unknown> {
  readonly jobId: string;
  /** Whose job it is; they may not be the one at work any more. */
  readonly userId: string;
  readonly parameters: Parameters;
  /** What was saved last before an interruption; undefined at the very beginning. */
  readonly checkpoint: Checkpoint | undefined;
  /** Aborted when the job is cancelled or the library is closed. Stop soon, by throwing its reason. */
  readonly signal: AbortSignal;
  /** As often as you like: it is written and told at a bearable pace. */
  report(progress: JobProgress): void;
  /**
   * Where to go on after an interruption. Called within the transaction that does a piece of the work,
   * it is saved with that piece or not at all: then nothing is ever done twice.
   */
  saveCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** To be passed often, outside of transactions: waits here while the job is paused, throws when it has to stop. */
  pausePoint(): Promise<void>;
}

/** How one kind of job is done. */
export interface JobRunner {
  readonly kind: string;
  /** Throws for parameters that are not its own. */
  readParameters(stored: unknown): unknown;
  /** Undefined for a checkpoint of another form: it begins anew. */
  readCheckpoint(stored: unknown): unknown;
  run(context: JobContext): Promise<Json | void>;
}

export interface RunnerDefinition<P extends z.ZodType, C extends z.ZodType> {
  readonly kind: string;
  readonly parameters: P;
  /** Left out for what begins anew after an interruption. */
  readonly checkpoint?: C;
  run(context: JobContext<z.output<P>, z.output<C>>): Promise<Json | void>;
}

/** A runner that gets its parameters and checkpoint as its schemas say: rows outlive the code that wrote them. */
export function defineRunner<P extends z.ZodType, C extends z.ZodType = z.ZodNever>(
  definition: RunnerDefinition<P, C>,
): JobRunner {
  const { kind, parameters, checkpoint } = definition;
  return {
    kind,
    readParameters: (stored) => parameters.parse(stored),
    readCheckpoint: (stored) => checkpoint?.safeParse(stored).data,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The two functions above have just made it so.
    run: (context) => definition.run(context as JobContext<z.output<P>, z.output<C>>),
  };
}
