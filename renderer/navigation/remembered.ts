export interface Remembered<T> {
  read(): T | undefined;
  write(value: T): void;
  /** Told what is written in another window. */
  follow(onChange: (value: T) => void): void;
}

/** How a person left the window, beside the library: of no worth to anyone, and no loss when it is gone. */
export function remembered<T extends string>(
  name: string,
  parse: (text: string) => T | undefined,
): Remembered<T> {
  const key = `loci.${name}`;
  return {
    read() {
      try {
        const text = window.localStorage.getItem(key);
        return text === null ? undefined : parse(text);
      } catch {
        return undefined;
      }
    },
    write(value) {
      try {
        window.localStorage.setItem(key, value);
      } catch {
        // The next window opens as the first one did.
      }
    },
    follow(onChange) {
      window.addEventListener('storage', (event) => {
        const value = event.key === key && event.newValue !== null ? parse(event.newValue) : undefined;
        if (value !== undefined) onChange(value);
      });
    },
  };
}
