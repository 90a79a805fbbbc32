import { textsNow } from '../../../shared/texts/index.ts';
import { useState, type FormEvent } from 'react';
import type { CountedTag } from '../../../shared/schemas/tag.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { compareNames } from '../../text/formats.ts';
import { currentPlace, go } from '../../navigation/history.ts';
import { useTexts } from '../../text/use-texts.ts';
import { offerUndo } from '../undo/undo.ts';

/** Two words for the same thing become one. */
export function MergeTagDialog({ tag, onClose }: { tag: CountedTag; onClose: () => void }) {
  const texts = useTexts();
  const others = (useOverview()?.tags ?? [])
    .filter(({ id }) => id !== tag.id)
    .toSorted((a, b) => compareNames(a.name, b.name));
  const [chosenId, setChosenId] = useState(others[0]?.id ?? '');
  const [failure, setFailure] = useState<string>();
  const into = others.find(({ id }) => id === chosenId);

  async function submit(event: FormEvent, close: () => void): Promise<void> {
    event.preventDefault();
    if (!into) return;
    try {
      const { undoId } = await loci.tags.merge({ id: tag.id, intoId: into.id });
      const { view } = currentPlace();
      if ('id' in view && view.id === tag.id) go({ view: { kind: 'tag', id: into.id } }, { replace: true });
      offerUndo(() => textsNow().tags.merge.done(tag.name, into.name), [undoId]);
      close();
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }

  return (
    <Dialog title={texts.tags.merge.title(tag.name)} onClose={onClose}>
      {(close) =>
        others.length === 0 ? (
          <div className="dialog__form">
            <p className="dialog__text">{texts.tags.merge.noOther}</p>
            <div className="dialog__actions">
              <Button onClick={close}>{texts.actions.close}</Button>
            </div>
          </div>
        ) : (
          <form className="dialog__form" onSubmit={(event) => void submit(event, close)}>
            <SelectField
              label={texts.tags.merge.into}
              value={chosenId}
              options={others.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={setChosenId}
            />
            <p className="dialog__text">
              {texts.tags.merge.meaning(tag.memories, tag.name, into?.name ?? '')}
            </p>
            {failure !== undefined && (
              <p className="dialog__failure" role="alert">
                {failure}
              </p>
            )}
            <div className="dialog__actions">
              <Button type="submit" tone="primary">
                {texts.tags.merge.deed}
              </Button>
              <Button onClick={close}>{texts.actions.cancel}</Button>
            </div>
          </form>
        )
      }
    </Dialog>
  );
}
