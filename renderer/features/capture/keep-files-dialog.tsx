import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { tell } from '../../components/toasts.tsx';
import { formatBytes } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
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
  async function keep(close: () => void): Promise<void> {
    let last: string | undefined;
    for (const { name, text } of files) {
      const title = titleOfFile(name);
      const { memory } = await loci.memories.create({
        content: text,
        title: title === '' ? null : title.slice(0, 500),
        source: 'file',
      });
      last = memory.id;
    }
    close();
    tell({ words: texts.capture.files.kept(files.length) });
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
              { label: texts.capture.files.cancel, run: async () => close() },
            ]}
          />
        </div>
      )}
    </Dialog>
  );
}
