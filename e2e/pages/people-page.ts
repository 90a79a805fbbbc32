import type { Locator, Page } from '@playwright/test';

/** Who has a library here, and the switch in the sidebar: by the words a person would use for them. */
export class PeoplePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Shows whose library is in view, on every page. */
  get switcher(): Locator {
    return this.#page.getByRole('button', { name: /Switch person$/ });
  }

  get dialog(): Locator {
    // What was just done is said in something that also calls itself a dialog.
    return this.#page.locator('.dialog');
  }

  get addButton(): Locator {
    return this.#page.getByRole('button', { name: 'Add a person', exact: true });
  }

  async open(): Promise<void> {
    await this.chooseFromSwitcher('Manage people');
    await this.#page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
  }

  person(name: string): Locator {
    return this.#page.getByRole('listitem', { name, exact: true });
  }

  field(name: string): Locator {
    return this.#page.getByRole('textbox', { name });
  }

  button(name: string): Locator {
    return this.#page.getByRole('button', { name, exact: true });
  }

  /** The deed of the dialog of a removal, which names all that goes. */
  get removal(): Locator {
    return this.dialog.getByRole('button', { name: /^Remove .* for good$/ });
  }

  async add(name: string, email = ''): Promise<void> {
    await this.addButton.click();
    await this.field('Name').fill(name);
    await this.field('E-mail address').fill(email);
    await this.button('Add person').click();
    await this.person(name).waitFor();
  }

  async chooseFromSwitcher(item: string): Promise<void> {
    await this.switcher.click();
    await this.#page
      .getByRole('menuitem', { name: item })
      .or(this.#page.getByRole('menuitemradio', { name: item, exact: true }))
      .click();
  }
}
