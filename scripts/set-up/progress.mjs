/**
 * Says what set-up is doing: one line that changes on a terminal, a new line every few seconds
 * anywhere else. Nothing for what takes less than two seconds.
 */
const quietMs = 2_000;
const plainEveryMs = 5_000;

/**
 * @typedef {{ detail(text: string): void, end(): void }} Progress
 * @param {string} doing
 * @param {NodeJS.WriteStream} [out]
 * @returns {Progress}
 */
export function showProgress(doing, out = process.stderr) {
  const begun = Date.now();
  const terminal = out.isTTY;
  let detail = '';
  let shown = false;
  const timer = setInterval(
    () => {
      const elapsedMs = Date.now() - begun;
      if (elapsedMs < quietMs) return;
      const line = `  … ${[doing, detail].filter(Boolean).join(': ')} (${Math.round(elapsedMs / 1000)} s)`;
      out.write(terminal ? `\r\u001b[2K${line}` : `${line}\n`);
      shown = true;
    },
    terminal ? 200 : plainEveryMs,
  );
  timer.unref();
  return {
    detail(text) {
      detail = text;
    },
    end() {
      clearInterval(timer);
      if (terminal && shown) out.write('\r\u001b[2K');
    },
  };
}

/** @param {number} bytes */
export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
