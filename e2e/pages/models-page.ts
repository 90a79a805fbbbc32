import type { Locator, Page } from '@playwright/test';
import type { Loci } from '../fixtures.ts';
import { BrowsePage } from './browse-page.ts';

/** Search by meaning in the settings: the model in use, what was read with it, and the others. */
export class ModelsPage extends BrowsePage {
  readonly #loci: Loci;
  readonly #page: Page;

  constructor(loci: Loci) {
    super(loci.page);
    this.#loci = loci;
    this.#page = loci.page;
  }

  get inUse(): Locator {
    return this.#page.getByRole('region', { name: 'Model in use' });
  }

  get read(): Locator {
    return this.#page.getByRole('region', { name: 'Memories read' });
  }

  get others(): Locator {
    return this.#page.getByRole('region', { name: 'Other models' });
  }

  get refusal(): Locator {
    return this.others.getByRole('alert');
  }

  other(name: string): Locator {
    return this.others.getByRole('listitem', { name });
  }

  async open(): Promise<void> {
    await this.link('Settings').click();
    await this.inUse.getByText('MiniLM').or(this.inUse.getByText('numbers')).first().waitFor();
  }

  /** In the dialog of the system, which no test can press a button of. */
  async add(folder: string): Promise<void> {
    await this.#loci.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, folder);
    await this.button('Add a model…').click();
  }
}
