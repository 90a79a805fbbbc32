import type { Locator, Page } from '@playwright/test';

/** Memories that are alike, all of them and two side by side: by the words a person reads there. */
export class DuplicatesPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get link(): Locator {
    return this.#page.getByRole('navigation', { name: 'Loci' }).getByRole('link', { name: /^Look-alikes/ });
  }

  get rows(): Locator {
    return this.#page.getByRole('list', { name: 'Look-alikes' }).getByRole('link');
  }

  get none(): Locator {
    return this.#page.getByRole('heading', { name: 'Nothing here twice' });
  }

  get left(): Locator {
    return this.#page.getByRole('article', { name: /^The (left|upper) one/ });
  }

  get right(): Locator {
    return this.#page.getByRole('article', { name: /^The (right|lower) one/ });
  }

  get heading(): Locator {
    return this.#page.getByRole('heading', { level: 1 });
  }

  /** Where the two are made one. */
  get editor(): Locator {
    return this.#page
      .getByRole('region', { name: 'Merge by hand' })
      .getByRole('textbox', { name: 'Text', exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.#page.getByRole('button', { name });
  }

  async open(): Promise<void> {
    await this.link.click();
    await this.heading.filter({ hasText: 'Look-alikes' }).waitFor();
  }
}
