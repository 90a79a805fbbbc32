import { textsNow } from '../../shared/texts/index.ts';
import { JsonScanner, type JsonLimits, type JsonScalar } from './json-scanner.ts';
import { AdapterRefusal, sizeInWords } from './refusal.ts';
import { mostAtOnceBytes, withSource } from './byte-source.ts';

type JsonTree = JsonScalar | JsonTree[] | Map<string, JsonTree>;
export type JsonMap = ReadonlyMap<string, JsonTree>;

interface SmallJsonLimits {
  readonly bytes: number;
  readonly values: number;
}

/** A configuration beside an adapter. Maps instead of objects: no key means anything to JavaScript. */
export async function readSmallJson(file: string, { bytes, values }: SmallJsonLimits): Promise<JsonMap> {
  const limits: JsonLimits = { depth: 32, values, keyBytes: 4096, stringBytes: 65_536 };
  return withSource(file, async (source) => {
    if (source.sizeBytes > bytes)
      throw new AdapterRefusal('header-too-large', () =>
        textsNow().adapters.refused.largeConfig(sizeInWords(source.sizeBytes)),
      );
    const builder = new TreeBuilder();
    const scanner = new JsonScanner(builder, limits);
    scanner.feed(source.head);
    for (let at = source.head.length; at < source.sizeBytes; at += mostAtOnceBytes)
      scanner.feed(await source.read(at, Math.min(mostAtOnceBytes, source.sizeBytes - at)));
    scanner.finish();
    if (!(builder.root instanceof Map))
      throw new AdapterRefusal('malformed', () => textsNow().adapters.refused.configNoObject);
    return builder.root;
  });
}

class TreeBuilder {
  root: JsonTree = null;
  readonly #open: (JsonTree[] | Map<string, JsonTree>)[] = [];
  readonly #keys: string[] = [];

  begin(kind: 'object' | 'array'): void {
    const made = kind === 'object' ? new Map<string, JsonTree>() : [];
    this.#put(made);
    this.#open.push(made);
    this.#keys.push('');
  }

  end(): void {
    this.#open.pop();
    this.#keys.pop();
  }

  key(name: string): void {
    this.#keys[this.#keys.length - 1] = name;
  }

  value(value: JsonScalar): void {
    this.#put(value);
  }

  #put(value: JsonTree): void {
    const parent = this.#open.at(-1);
    if (!parent) this.root = value;
    else if (Array.isArray(parent)) parent.push(value);
    else parent.set(this.#keys.at(-1) ?? '', value);
  }
}
