import { Lightbulb, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { useTexts } from '../../text/use-texts.ts';
import './once-hint.css';

interface OnceHintProps {
  /** By which it is remembered that it was read. */
  readonly id: string;
  readonly children: ReactNode;
}

/** Explains something where it helps, until it was read. */
export function OnceHint({ id, children }: OnceHintProps) {
  const texts = useTexts();
  const { 'hints.seen': seen } = useSettings();
  if (seen.includes(id)) return null;
  return (
    <div className="once-hint" role="note" aria-label={texts.firstSteps.hint}>
      <Lightbulb size={16} strokeWidth={1.75} aria-hidden="true" />
      <p>{children}</p>
      <IconButton
        label={texts.firstSteps.hintRead}
        icon={X}
        onClick={() => void changeSettings({ 'hints.seen': [...seen, id] }).catch(() => undefined)}
      />
    </div>
  );
}
