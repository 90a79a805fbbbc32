import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { Save, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Recipe } from '../../../shared/schemas/specialization-use.ts';
import { useAsked } from '../../api/asked.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { tell } from '../../components/toasts.tsx';
import { attempt } from '../undo/undo.ts';
import './specialization-use.css';
import { TrainingSet } from './training-set.tsx';

interface SpecializationUseProps {
  readonly id: string;
  readonly version: number;
  readonly hasAdapter: boolean;
  /** How many are linked. */
  readonly memories: number;
}

/** How to run it, and what to train the next one with. */
export function SpecializationUse({ id, version, hasAdapter, memories }: SpecializationUseProps) {
  return (
    <>
      {hasAdapter && <Recipes id={id} version={version} />}
      <TrainingSet id={id} version={version} memories={memories} />
    </>
  );
}

function choiceInWords({ title, fits }: Recipe): string {
  const texts = textsNow();
  if (fits === 'yes') return title;
  return fits === 'no' ? texts.specializations.use.unfit(title) : texts.specializations.use.afterStep(title);
}

/** Whoever goes from one to the next runs them in the same program. */
let lastRuntime: string | undefined;

function Recipes({ id, version }: { id: string; version: number }) {
  const texts = useTexts();
  const [runtime, setRuntime] = useState(lastRuntime);
  const { answer: recipes, failure } = useAsked(`${id} ${version}`, () =>
    loci.specializations.recipes({ id }),
  );

  const shown =
    recipes?.find((recipe) => recipe.runtime === runtime) ??
    recipes?.find(({ fits }) => fits === 'yes') ??
    recipes?.[0];
  return (
    <section className="specialization-section" aria-label={texts.specializations.use.recipes}>
      <div className="linked__head">
        <h3 className="specialization-section__title">{texts.specializations.use.run}</h3>
        {recipes && shown && (
          <SelectField
            label={texts.specializations.use.with}
            value={shown.runtime}
            options={recipes.map((recipe) => ({
              value: recipe.runtime,
              label: choiceInWords(recipe),
            }))}
            onChange={(value) => {
              lastRuntime = value;
              setRuntime(value);
            }}
          />
        )}
      </div>
      {failure !== undefined && <Notice tone="danger" title={failure} />}
      {shown && <RecipeView id={id} recipe={shown} />}
    </section>
  );
}

function RecipeView({
  id,
  recipe: { runtime, title, fits, warnings, files },
}: {
  id: string;
  recipe: Recipe;
}) {
  const texts = useTexts();
  async function save(file: string): Promise<void> {
    const done = await attempt(() => loci.specializations.saveRecipe({ id, runtime, file }));
    if (done?.saved) tell({ words: () => textsNow().specializations.use.saved(file) });
  }

  return (
    <div className="recipe">
      {fits === 'no' ? (
        <Notice tone="quiet" title={texts.specializations.use.cannot(title)}>
          {warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Notice>
      ) : (
        warnings.length > 0 && (
          <ul className="recipe__warnings" aria-label={texts.specializations.use.before}>
            {warnings.map((warning) => (
              <li key={warning} className="recipe__warning">
                <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
                {warning}
              </li>
            ))}
          </ul>
        )
      )}
      {files.map(({ name, text }) => (
        <section className="recipe__file" key={name} aria-label={name}>
          <div className="recipe__bar">
            <code className="recipe__name">{name}</code>
            <CopyButton text={text} label={texts.specializations.use.copy} />
            <Button icon={Save} onClick={() => void save(name)}>
              {texts.specializations.use.save}
            </Button>
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What is wider than the page is scrolled by keys. */}
          <pre className="recipe__text" tabIndex={0} dir="ltr">
            <code>{text}</code>
          </pre>
        </section>
      ))}
    </div>
  );
}
