import type { Locator, Page } from '@playwright/test';

/** The list of everything that can be done. */
export class CommandList {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get window(): Locator {
    return this.#page.getByRole('dialog', { name: 'Commands' });
  }

  get choices(): Locator {
    return this.window.getByRole('option');
  }

  choice(words: string): Locator {
    return this.choices.filter({ has: this.#page.getByText(words, { exact: true }) }).first();
  }

  async open(): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+Shift+p');
    await this.window.waitFor();
  }

  /** By its words, as a person would: typed, then Enter. */
  async run(words: string): Promise<void> {
    await this.open();
    await this.#page.keyboard.type(words);
    await this.choice(words).waitFor();
    await this.choice(words).click();
    await this.window.waitFor({ state: 'detached' });
  }
}
