import { textsNow } from '../../shared/texts/index.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { channels } from '../../shared/ipc/channels.ts';
import type { Contract } from '../../shared/ipc/contract.ts';
import type { Client } from '../../shared/ipc/define.ts';
import type { FailureCode, WireFailure, WireResult } from '../../shared/ipc/result.ts';

/** A call that main refused or could not do. The message is for people; code decides. */
export class LociFailure extends Error {
  override readonly name = 'LociFailure';
  readonly code: FailureCode;
  readonly details: unknown;

  constructor({ code, message, details }: WireFailure) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

export function createClient(bridge: Bridge): Client<Contract> {
  const features = Object.entries(channels).map(([feature, verbs]) => {
    const calls = verbs.map((verb) => [verb, (input?: unknown) => call(bridge, `${feature}.${verb}`, input)]);
    return [feature, Object.fromEntries(calls)];
  });
  // Main has parsed what it sends against the contract; parsing it again here would cost every
  // schema's weight and find nothing.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Built from the contract's own channels.
  return Object.fromEntries(features) as Client<Contract>;
}

async function call(bridge: Bridge, channel: string, input: unknown): Promise<unknown> {
  const result = await answer(bridge, channel, input);
  if (result.ok) return result.value;
  throw new LociFailure(result.error);
}

async function answer(bridge: Bridge, channel: string, input: unknown): Promise<WireResult> {
  try {
    return await bridge.invoke(channel, input);
  } catch (error) {
    const message = textsNow().failures.noAnswer;
    return { ok: false, error: { code: 'internal', message, details: String(error) } };
  }
}
