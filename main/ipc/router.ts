import type { ContractShape, Handlers } from '../../shared/ipc/define.ts';
import type { WireResult } from '../../shared/ipc/result.ts';
import type { Log } from '../logging/log.ts';
import {
  invalidInputFailure,
  issueInWords,
  toWireFailure,
  unknownChannelFailure,
  type ExplainError,
} from './wire-error.ts';

export interface RouterOptions<C extends ContractShape> {
  readonly contract: C;
  readonly handlers: Handlers<C>;
  /** Wraps every call; the one place where the ORM's request context is opened. */
  readonly inContext: <T>(work: () => Promise<T>) => Promise<T>;
  readonly explain: ExplainError;
  /** Asked when a query failed: true once what stood in its way is over. Commands see to that themselves. */
  readonly recovered?: (error: unknown) => Promise<boolean>;
  readonly log: Log;
}

export interface Router {
  readonly channels: readonly string[];
  /** Never rejects: whatever goes wrong comes back as a failure with a code. */
  call(channel: string, input: unknown): Promise<WireResult>;
}

/** Every call goes this one way: parse the input, open the context, run the handler, mask what is not ours to tell. */
export function createRouter<C extends ContractShape>(options: RouterOptions<C>): Router {
  const routes = new Map<string, (input: unknown) => Promise<WireResult>>();
  for (const [feature, operations] of Object.entries(options.contract)) {
    for (const [verb, { kind, input: schema }] of Object.entries(operations)) {
      const channel = `${feature}.${verb}`;
      const handler = options.handlers[feature]?.[verb];
      if (!handler) throw new Error(`No handler for ${channel}`);
      routes.set(channel, async (input) => {
        const parsed = schema.safeParse(input, { error: issueInWords });
        if (!parsed.success) return { ok: false, error: invalidInputFailure(parsed.error) };
        const run = () =>
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The schema beside this handler has just made it so.
          options.inContext(() => handler(parsed.data as never));
        const value: unknown = await (kind === 'query' ? twice(run, options.recovered) : run());
        return { ok: true, value };
      });
    }
  }
  return {
    channels: [...routes.keys()],
    async call(channel, input) {
      const route = routes.get(channel);
      if (!route) return { ok: false, error: unknownChannelFailure() };
      try {
        return await route(input);
      } catch (error) {
        const failure = toWireFailure(error, options.explain);
        if (failure.code === 'internal') options.log.error('A call failed unexpectedly', error, { channel });
        return { ok: false, error: failure };
      }
    },
  };
}

/** A query that met a server on its way down is asked once more when that is back. */
async function twice<T>(run: () => Promise<T>, recovered: RouterOptions<never>['recovered']): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(await recovered?.(error))) throw error;
    return run();
  }
}
