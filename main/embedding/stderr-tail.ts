const tailChars = 2000;

/** Keeps the end of what a process says on stderr, which is where a crash explains itself. */
export function collectTail(stderr: NodeJS.ReadableStream | null): () => string {
  let tail = '';
  stderr?.setEncoding('utf8');
  stderr?.on('data', (text: string) => (tail = (tail + text).slice(-tailChars)));
  return () => (tail.trim() === '' ? '' : `: ${tail.trim()}`);
}
