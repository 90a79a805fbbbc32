import type { AdapterModule } from './adapter-modules.ts';
import type { Tensor } from './tensor-table.ts';

/** Where the metadata gives one value for all, this many are looked at to see whether it is so. */
const enoughToBelieve = 8;
const atOnce = 32;
const most = 20_000;

type Read = (tensor: Tensor, offset: number, length: number) => Promise<Buffer>;

/**
 * The alphas that kohya writes as tensors of one number each. Reading them all takes a while, therefore some have to
 * do where they all are what the metadata says.
 */
export async function readAlphas(
  modules: readonly AdapterModule[],
  claimed: number | undefined,
  read: Read,
): Promise<ReadonlyMap<string, number>> {
  const withAlpha = modules.filter((module) => module.alphaTensor !== undefined).slice(0, most);
  if (claimed !== undefined) {
    const step = Math.max(1, Math.floor(withAlpha.length / enoughToBelieve));
    const some = await readAll(
      withAlpha.filter((_, index) => index % step === 0),
      read,
    );
    if ([...some.values()].every((alpha) => alpha === claimed))
      return new Map(withAlpha.map(({ name }) => [name, claimed]));
  }
  return readAll(withAlpha, read);
}

async function readAll(modules: readonly AdapterModule[], read: Read): Promise<Map<string, number>> {
  const alphas = new Map<string, number>();
  for (let at = 0; at < modules.length; at += atOnce)
    await Promise.all(
      modules.slice(at, at + atOnce).map(async ({ name, alphaTensor }) => {
        const value = alphaTensor && (await readScalar(alphaTensor, read));
        if (value !== undefined && Number.isFinite(value)) alphas.set(name, value);
      }),
    );
  return alphas;
}

async function readScalar(tensor: Tensor, read: Read): Promise<number | undefined> {
  const bytes = tensor.end - tensor.begin;
  if (bytes === 0 || bytes > 8) return undefined;
  const value = await read(tensor, tensor.begin, bytes);
  if (tensor.dtype === 'F64' && bytes === 8) return value.readDoubleLE(0);
  if (tensor.dtype === 'F32' && bytes === 4) return value.readFloatLE(0);
  if (tensor.dtype === 'BF16' && bytes === 2) return Buffer.concat([Buffer.alloc(2), value]).readFloatLE(0);
  if (tensor.dtype === 'F16' && bytes === 2) return halfFloat(value.readUInt16LE(0));
  if (tensor.dtype === 'I64' && bytes === 8) return Number(value.readBigInt64LE(0));
  return undefined;
}

function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
