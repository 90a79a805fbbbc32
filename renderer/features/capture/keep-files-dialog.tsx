import { textsNow } from '../../../shared/texts/index.ts';
import { useRef } from 'react';
import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { formatBytes } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { offerToTakeBack } from '../undo/undo.ts';
import { titleOfFile, type BroughtFile } from './brought-text.ts';
import './keep-files-dialog.css';

interface KeepFilesDialogProps {
  readonly files: readonly BroughtFile[];
  readonly onClose: () => void;
  /** With the last of them. */
  readonly onKept: (id: string) => void;
}

/** Several files become several memories, but not before the person says so. */
export function KeepFilesDialog({ files, onClose, onKept }: KeepFilesDialogProps) {
  const texts = useTexts();
  /** By their places: after a failure the others are not kept twice. */
  const kept = useRef(new Map<number, string>());

  async function keep(close: () => void): Promise<void> {
    for (const [at, { name, text }] of files.entries()) {
      if (kept.current.has(at)) continue;
      const title = titleOfFile(name);
      const { memory } = await loci.memories.create({
        content: text,
        title: title === '' ? null : title.slice(0, 500),
        source: 'file',
      });
      kept.current.set(at, memory.id);
    }
    close();
    const ids = [...kept.current.values()];
    offerToTakeBack(
      () => textsNow().capture.files.kept(ids.length),
      async () => {
        const { changed } = await loci.memories.trash({ ids });
        return ids.length - changed;
      },
    );
    const last = ids.at(-1);
    if (last !== undefined) onKept(last);
  }

  return (
    <Dialog
      title={files.length === 1 ? texts.capture.files.titleOfOne : texts.capture.files.title}
      onClose={onClose}
    >
      {(close) => (
        <div className="keep-files">
          <ul className="keep-files__list">
            {files.map(({ name, text }, at) => (
              <li key={at}>
                <bdi className="keep-files__name">{name}</bdi>
                <span className="keep-files__size">{formatBytes(new Blob([text]).size)}</span>
              </li>
            ))}
          </ul>
          <Actions
            actions={[
              { label: texts.capture.files.keep(files.length), primary: true, run: () => keep(close) },
              { label: texts.actions.cancel, run: async () => close() },
            ]}
          />
        </div>
      )}
    </Dialog>
  );
}
