import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import './toasts.css';

interface Extra {
  readonly action?: { readonly label: string; readonly run: () => void };
  /** How far something is. */
  readonly progress?: { readonly done: number; readonly total: number };
}

const manager = Toast.createToastManager<Extra>();

export interface News extends Extra {
  /** What happened, in a few words. */
  readonly words: string;
  readonly tone?: 'plain' | 'danger';
  /** Null: until it is closed. */
  readonly forMs?: number | null;
}

const usualMs = 6000;
const withActionMs = 12_000;

/** Says what happened, in passing. Answers with its key. */
export function tell({ words, tone = 'plain', forMs, ...extra }: News): string {
  return manager.add({
    title: words,
    type: tone,
    // What went wrong interrupts who listens; what was done waits for its turn.
    priority: tone === 'danger' ? 'high' : 'low',
    timeout: forMs === null ? 0 : (forMs ?? (extra.action ? withActionMs : usualMs)),
    data: extra,
  });
}

export function retell(key: string, { words, tone = 'plain', ...extra }: News): void {
  manager.update(key, { title: words, type: tone, data: extra });
}

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
  const { toasts } = Toast.useToastManager<Extra>();
  return toasts.map((toast) => {
    const { action, progress } = toast.data ?? {};
    return (
      <Toast.Root key={toast.id} toast={toast} className="toast" swipeDirection={['down', 'right']}>
        <Toast.Content className="toast__content">
          <Toast.Title className="toast__words" render={<p />} />
          {action && (
            <Toast.Action
              className="toast__action"
              render={<Button tone="quiet" />}
              onClick={() => {
                manager.close(toast.id);
                action.run();
              }}
            >
              {action.label}
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
