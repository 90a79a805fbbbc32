import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { useTexts } from '../text/use-texts.ts';
import './copy-button.css';

type Outcome = 'copied' | 'refused';

const showOutcomeMs = 2000;

/** Says what came of it in its own place, and is itself again after a moment. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const texts = useTexts();
  const words: Readonly<Record<Outcome, string>> = {
    copied: texts.actions.copied,
    refused: texts.actions.notCopied,
  };
  const [outcome, setOutcome] = useState<Outcome>();

  useEffect(() => {
    if (!outcome) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), showOutcomeMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  }

  return (
    <Button icon={outcome === 'copied' ? Check : Copy} onClick={() => void copy()}>
      {/* The label holds the width, so that nothing beside it moves. */}
      <span className="copy-button__words" data-label={label} aria-live="polite">
        {outcome ? words[outcome] : label}
      </span>
    </Button>
  );
}
