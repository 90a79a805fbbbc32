/** So long after a letter the next one belongs to the same name. */
const pauseMs = 800;
/** A blank presses what has the focus, and signs are commands. */
const beginsName = /^[\p{L}\p{N}]$/u;

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * Which of the names the letters that are typed lead to: the next one that begins with them. The same letter again and
 * again goes through all that begin with it. Undefined: to none.
 */
export type FindTyped = (pressed: Pressed, names: readonly string[], from: number) => number | undefined;

export function typeAhead({
  reserved = '',
  now = () => performance.now(),
}: {
  /** Letters that mean something else, unless they are within a name. */
  readonly reserved?: string;
  readonly now?: () => number;
} = {}): FindTyped {
  let typed = '';
  let lastMs = Number.NEGATIVE_INFINITY;
  return ({ key, ctrlKey, metaKey, altKey }, names, from) => {
    if (ctrlKey || metaKey || altKey) return undefined;
    const goesOn = now() - lastMs <= pauseMs && typed !== '';
    const isOfName = goesOn ? key.length === 1 : beginsName.test(key) && !reserved.includes(key);
    if (!isOfName) return undefined;
    lastMs = now();
    typed = goesOn ? typed + plain(key) : plain(key);
    const isOneLetter = typed === typed.charAt(0).repeat(typed.length);
    const begins = (start: string, first: number) => {
      for (let step = 0; step < names.length; step++) {
        const at = (first + step) % names.length;
        if (plain(names[at] ?? '').startsWith(start)) return at;
      }
      return undefined;
    };
    // While a name is being typed one stays at it as long as it fits.
    const whole = begins(typed, typed.length > 1 ? Math.max(0, from) : from + 1);
    return whole ?? (isOneLetter ? begins(typed.slice(0, 1), from + 1) : undefined);
  };
}

/** Without capitals and accents, as one types in passing. */
const plain = (text: string): string =>
  text.trimStart().normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
