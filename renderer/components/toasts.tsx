import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { textsNow, type Texts } from '../../shared/texts/index.ts';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import './toasts.css';

/** Said in the language of the moment, also when another is chosen while it is on the screen. */
export type Said = (texts: Texts) => string;

interface Extra {
  readonly action?: { readonly label: Said; readonly run: () => void };
  /** How far something is. */
  readonly progress?: { readonly done: number; readonly total: number };
}

interface Kept extends Extra {
  readonly words: Said | string;
}

const manager = Toast.createToastManager<Kept>();

export interface News extends Extra {
  /** What happened, in a few words; a text is one that main has said. */
  readonly words: Said | string;
  readonly tone?: 'plain' | 'danger';
  /** Null: until it is closed. */
  readonly forMs?: number | null;
}

const usualMs = 6000;
const withActionMs = 12_000;

/** Says what happened, in passing. Answers with its key. */
export function tell({ words, tone = 'plain', forMs, ...extra }: News): string {
  return manager.add({
    title: inWords(words, textsNow()),
    type: tone,
    // What went wrong interrupts who listens; what was done waits for its turn.
    priority: tone === 'danger' ? 'high' : 'low',
    timeout: forMs === null ? 0 : (forMs ?? (extra.action ? withActionMs : usualMs)),
    data: { words, ...extra },
  });
}

export function retell(key: string, { words, tone = 'plain', ...extra }: News): void {
  manager.update(key, { title: inWords(words, textsNow()), type: tone, data: { words, ...extra } });
}

const inWords = (words: Said | string, texts: Texts): string =>
  typeof words === 'string' ? words : words(texts);

export const untell = (key: string): void => manager.close(key);

/** Around everything, so that news outlive the page that had them. */
export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const texts = useTexts();
  const { toasts } = Toast.useToastManager<Kept>();
  return toasts.map((toast) => {
    const { action, progress, words } = toast.data ?? {};
    return (
      <Toast.Root key={toast.id} toast={toast} className="toast" swipeDirection={['down', 'right']}>
        <Toast.Content className="toast__content">
          <Toast.Title className="toast__words" render={<p />}>
            {words === undefined ? toast.title : inWords(words, texts)}
          </Toast.Title>
          {action && (
            <Toast.Action
              className="toast__action"
              render={<Button tone="quiet" />}
              onClick={() => {
                manager.close(toast.id);
                action.run();
              }}
            >
              {action.label(texts)}
            </Toast.Action>
          )}
          <Toast.Close render={<IconButton label={texts.actions.close} icon={X} />} />
          {progress && (
            <progress
              className="toast__progress"
              aria-label={texts.actions.progress}
              value={progress.done}
              max={progress.total}
            />
          )}
        </Toast.Content>
      </Toast.Root>
    );
  });
}
