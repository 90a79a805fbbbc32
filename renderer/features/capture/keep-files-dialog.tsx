import { useEffect, useRef, useState } from 'react';
import { mostNewMemories, type NewMemory } from '../../../shared/schemas/memory.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { DeterminateLine } from '../../components/determinate-line.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { formatBytes } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { offerToTakeBack } from '../undo/undo.ts';
import { titleOfFile, type BroughtFile } from './brought-text.ts';
import './keep-files-dialog.css';

/** In characters, kept at once: about a second. */
const mostText = 256 * 1024;

interface KeepFilesDialogProps {
  readonly files: readonly BroughtFile[];
  readonly onClose: () => void;
  /** With the last of them. */
  readonly onKept: (id: string) => void;
}

/** Several files become several memories, but not before the person says so. */
export function KeepFilesDialog({ files, onClose, onKept }: KeepFilesDialogProps) {
  const texts = useTexts();
  /** Of the first files: after a failure it goes on with those behind them. */
  const kept = useRef<string[]>([]);
  const [done, setDone] = useState<number>();
  const isStopped = useRef(false);
  useEffect(() => {
    isStopped.current = false;
    return () => {
      isStopped.current = true;
    };
  }, []);

  async function keep(close: () => void): Promise<void> {
    isStopped.current = false;
    try {
      while (kept.current.length < files.length && !isStopped.current) {
        setDone(kept.current.length);
        const memories = portionOf(files.slice(kept.current.length)).map(memoryOf);
        kept.current.push(...(await loci.memories.createMany({ memories })));
      }
    } finally {
      setDone(undefined);
    }
    leave(close);
  }

  /** With what is kept so far, be it all of them or those before a failure. */
  function leave(close: () => void): void {
    close();
    const ids = [...kept.current];
    const last = ids.at(-1);
    if (last === undefined) return;
    offerToTakeBack(
      () => textsNow().capture.files.kept(ids.length),
      async () => {
        const { changed } = await loci.memories.trash({ ids });
        return ids.length - changed;
      },
    );
    onKept(last);
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
                {/* What was pasted has no name; it begins with something. */}
                <bdi className="keep-files__name">{name === '' ? text.trimStart().slice(0, 200) : name}</bdi>
                <span className="keep-files__size">{formatBytes(new Blob([text]).size)}</span>
              </li>
            ))}
          </ul>
          {done !== undefined && (
            <div className="keep-files__progress">
              <p>{texts.capture.files.keeping(done, files.length)}</p>
              <DeterminateLine
                label={texts.capture.files.keeping(done, files.length)}
                done={done}
                total={files.length}
              />
            </div>
          )}
          <Actions
            actions={[
              { label: texts.capture.files.keep(files.length), primary: true, run: () => keep(close) },
              done === undefined
                ? { label: texts.actions.cancel, run: async () => leave(close) }
                : {
                    label: texts.capture.files.stop,
                    anyTime: true,
                    run: async () => {
                      isStopped.current = true;
                    },
                  },
            ]}
          />
        </div>
      )}
    </Dialog>
  );
}

/** As many from the front as are kept in an instant, at least one: nobody waits long for Stop. */
function portionOf(files: readonly BroughtFile[]): readonly BroughtFile[] {
  const portion: BroughtFile[] = [];
  let length = 0;
  for (const file of files) {
    length += file.text.length;
    if (portion.length === mostNewMemories || (portion.length > 0 && length > mostText)) break;
    portion.push(file);
  }
  return portion;
}

function memoryOf({ name, text }: BroughtFile): NewMemory {
  const title = titleOfFile(name);
  return { content: text, title: title === '' ? null : title.slice(0, 500), source: 'file' };
}
