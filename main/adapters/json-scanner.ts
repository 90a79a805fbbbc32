import { textsNow } from '../../shared/texts/index.ts';
import { isUtf8 } from 'node:buffer';
import { AdapterRefusal, quoted } from './refusal.ts';

/** What a text may have at most. It is refused as soon as it has more. */
export interface JsonLimits {
  readonly depth: number;
  readonly values: number;
  readonly keyBytes: number;
  /** A longer one is passed over. */
  readonly stringBytes: number;
}

/** Undefined stands for a string that was passed over. */
export type JsonScalar = string | number | boolean | null | undefined;

export interface JsonListener {
  begin(kind: 'object' | 'array'): void;
  end(): void;
  key(name: string): void;
  value(value: JsonScalar): void;
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

interface Level {
  readonly isObject: boolean;
  /** Of the object so far: a few in a row, many in a set. */
  readonly few: string[];
  many: Set<string> | undefined;
}

const longestLiteral = 40;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openObject, closeObject, openArray, closeArray] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Reads JSON that somebody may have made to do harm, piece by piece as it comes: memory stays as the limits say,
 * however long the text. Stricter than usual: no key twice in an object, nothing but UTF-8.
 */
export class JsonScanner {
  readonly #listener: JsonListener;
  readonly #limits: JsonLimits;
  readonly #levels: Level[] = [];
  #expected: Expected = 'value';
  #values = 0;
  #inString = false;
  /** What there is of a string or literal that began in an earlier piece. */
  #begun: Buffer[] = [];
  #begunBytes = 0;
  #isTooLong = false;
  #hasEscape = false;
  #isEscaped = false;
  #inLiteral = false;

  constructor(listener: JsonListener, limits: JsonLimits) {
    this.#listener = listener;
    this.#limits = limits;
  }

  feed(piece: Buffer): void {
    let at = 0;
    while (at < piece.length) {
      if (this.#inString) at = this.#readString(piece, at);
      else if (this.#inLiteral) at = this.#readLiteral(piece, at);
      else {
        const byte = piece[at] ?? 0;
        if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) at++;
        else at = this.#readMark(byte, at);
      }
    }
  }

  /** After the last piece. */
  finish(): void {
    if (this.#inLiteral) this.#finishLiteral();
    if (this.#expected !== 'nothing' || this.#inString)
      throw malformed(() => textsNow().adapters.refused.jsonEnds);
  }

  #readMark(byte: number, at: number): number {
    const expected = this.#expected;
    const mayBeKey = expected === 'key' || expected === 'key or end';
    const mayBeValue = expected === 'value' || expected === 'value or end';
    if (byte === quote && (mayBeKey || mayBeValue)) {
      this.#inString = true;
      return at + 1;
    }
    if (byte === colon && expected === 'colon') this.#expected = 'value';
    else if (byte === comma && expected === 'comma or end')
      this.#expected = this.#levels.at(-1)?.isObject ? 'key' : 'value';
    else if ((byte === openObject || byte === openArray) && mayBeValue) this.#begin(byte === openObject);
    else if (byte === closeObject || byte === closeArray) this.#end(byte === closeObject);
    else if (mayBeValue) {
      this.#inLiteral = true;
      return at;
    } else throw malformed(() => textsNow().adapters.refused.notJson);
    return at + 1;
  }

  #begin(isObject: boolean): void {
    this.#count();
    if (this.#levels.length >= this.#limits.depth)
      throw new AdapterRefusal('header-too-large', () => textsNow().adapters.refused.deep);
    this.#levels.push({ isObject, few: [], many: undefined });
    this.#expected = isObject ? 'key or end' : 'value or end';
    this.#listener.begin(isObject ? 'object' : 'array');
  }

  #end(isObject: boolean): void {
    const level = this.#levels.at(-1);
    const mayEnd =
      this.#expected === 'comma or end' || this.#expected === (isObject ? 'key or end' : 'value or end');
    if (!mayEnd || level?.isObject !== isObject) throw malformed(() => textsNow().adapters.refused.notJson);
    this.#levels.pop();
    this.#listener.end();
    this.#valueIsOver();
  }

  #readString(piece: Buffer, from: number): number {
    let at = from;
    let bits = 0;
    for (; at < piece.length; at++) {
      const byte = piece[at] ?? 0;
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === quote) break;
      else if (byte === backslash) {
        this.#isEscaped = true;
        this.#hasEscape = true;
      } else if (byte < 0x20) throw malformed(() => textsNow().adapters.refused.jsonControl);
      bits |= byte;
    }
    // Nearly all are plain, short, and over within the piece they began in.
    if (at < piece.length && bits < 0x80 && !this.#hasEscape && this.#begun.length === 0) {
      if (at - from <= this.#limits.keyBytes && at - from <= this.#limits.stringBytes && !this.#isTooLong) {
        this.#inString = false;
        this.#take(piece.toString('latin1', from, at));
        return at + 1;
      }
    }
    this.#keep(piece, from, at);
    if (at === piece.length) return at;
    this.#inString = false;
    const text = this.#isTooLong ? undefined : decode(this.#takeBegun(), this.#hasEscape);
    this.#begunBytes = 0;
    this.#isTooLong = false;
    this.#hasEscape = false;
    this.#take(text);
    return at + 1;
  }

  #keep(piece: Buffer, from: number, to: number): void {
    const isKey = this.#expected === 'key' || this.#expected === 'key or end';
    this.#begunBytes += to - from;
    if (this.#begunBytes > (isKey ? this.#limits.keyBytes : this.#limits.stringBytes)) {
      if (isKey) throw new AdapterRefusal('header-too-large', () => textsNow().adapters.refused.longName);
      this.#isTooLong = true;
      this.#begun = [];
    } else if (!this.#isTooLong && to > from) {
      // What is over with this piece is read at once; the rest must outlive it.
      const part = piece.subarray(from, to);
      this.#begun.push(to < piece.length ? part : Buffer.from(part));
    }
  }

  #take(text: string | undefined): void {
    if (this.#expected === 'key' || this.#expected === 'key or end') {
      this.#addKey(text ?? '');
      this.#expected = 'colon';
    } else this.#value(text);
  }

  #takeBegun(): Buffer {
    const [first, ...rest] = this.#begun;
    const whole = first && rest.length === 0 ? first : Buffer.concat(this.#begun);
    this.#begun = [];
    this.#begunBytes = 0;
    return whole;
  }

  #addKey(name: string): void {
    const level = this.#levels.at(-1);
    if (!level) throw malformed(() => textsNow().adapters.refused.notJson);
    if (level.many ? level.many.has(name) : level.few.includes(name))
      throw new AdapterRefusal('duplicate-keys', () => textsNow().adapters.refused.saysTwice(quoted(name)));
    if (level.many) level.many.add(name);
    else if (level.few.push(name) > 16) level.many = new Set(level.few);
    this.#listener.key(name);
  }

  #readLiteral(piece: Buffer, from: number): number {
    let at = from;
    if (this.#begun.length === 0) {
      // Nearly all are whole numbers.
      let whole = 0;
      while (at < piece.length && at - from < 15 && isDigit(piece[at]))
        whole = whole * 10 + (piece[at++] ?? 0) - 0x30;
      const isOver = at > from && at < piece.length && endsLiteral(piece[at] ?? 0);
      if (isOver && (piece[from] !== 0x30 || at === from + 1)) {
        this.#inLiteral = false;
        this.#value(whole);
        return at;
      }
      at = from;
    }
    while (at < piece.length && !endsLiteral(piece[at] ?? 0)) at++;
    this.#begunBytes += at - from;
    if (this.#begunBytes > longestLiteral) throw malformed(() => textsNow().adapters.refused.notJson);
    this.#begun.push(Buffer.from(piece.subarray(from, at)));
    if (at < piece.length) this.#finishLiteral();
    return at;
  }

  #finishLiteral(): void {
    this.#inLiteral = false;
    const text = this.#takeBegun().toString('latin1');
    if (text === 'true' || text === 'false') this.#value(text === 'true');
    else if (text === 'null') this.#value(null);
    else if (number.test(text)) this.#value(Number(text));
    else throw malformed(() => textsNow().adapters.refused.notJson);
  }

  #value(value: JsonScalar): void {
    this.#count();
    this.#listener.value(value);
    this.#valueIsOver();
  }

  #valueIsOver(): void {
    this.#expected = this.#levels.length > 0 ? 'comma or end' : 'nothing';
  }

  #count(): void {
    if (++this.#values > this.#limits.values)
      throw new AdapterRefusal('header-too-large', () => textsNow().adapters.refused.listsTooMuch);
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function endsLiteral(byte: number): boolean {
  return byte <= 0x20 || byte === comma || byte === closeObject || byte === closeArray || byte === colon;
}

function decode(bytes: Buffer, hasEscape: boolean): string {
  if (!isUtf8(bytes)) throw malformed(() => textsNow().adapters.refused.notUtf8);
  const text = bytes.toString('utf8');
  if (!hasEscape) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    throw malformed(() => textsNow().adapters.refused.notJson);
  }
}

function malformed(what: () => string): AdapterRefusal {
  return new AdapterRefusal('malformed', what);
}
