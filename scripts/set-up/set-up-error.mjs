/** A failure of set-up that a person can act on: what failed, why, and what to do about it. */
export class SetUpError extends Error {
  /**
   * @param {string} what
   * @param {string} why
   * @param {string} advice
   */
  constructor(what, why, advice) {
    super(`${what} ${why} ${advice}`);
    this.name = 'SetUpError';
    this.what = what;
    this.why = why;
    this.advice = advice;
  }
}
