import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { reasonOf } from '../api/failure-words.ts';
import './actions.css';
import { Button } from './button.tsx';

export interface Action {
  /** The deed itself: "Show log files". */
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly primary?: boolean;
  /** Also while another is under way: what ends that one. */
  readonly anyTime?: boolean;
  readonly run: () => Promise<unknown>;
}

/** Buttons in a row. One deed at a time; when it could not be done, the reason stands below. */
export function Actions({ actions }: { actions: readonly Action[] }) {
  const [running, setRunning] = useState<string>();
  const [failure, setFailure] = useState<string>();

  async function start({ label, run, anyTime = false }: Action): Promise<void> {
    if (running !== undefined && anyTime) return void run();
    if (running !== undefined) return;
    setRunning(label);
    setFailure(undefined);
    try {
      await run();
    } catch (error) {
      setFailure(reasonOf(error));
    }
    setRunning(undefined);
  }

  return (
    <div className="actions">
      <div className="actions__row">
        {actions.map((action) => (
          <Button
            key={action.label}
            tone={action.primary ? 'primary' : 'plain'}
            icon={action.icon}
            aria-disabled={running === action.label}
            onClick={() => void start(action)}
          >
            {action.label}
          </Button>
        ))}
      </div>
      {failure !== undefined && (
        <p className="actions__failure" role="alert">
          {failure}
        </p>
      )}
    </div>
  );
}
