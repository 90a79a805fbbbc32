import { Popover } from '@base-ui/react/popover';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Hint } from '../../components/icon-button.tsx';
import { useNow } from '../../components/use-now.ts';
import { formatTime, nameOfDay } from '../../text/days.ts';
import { formatMoment } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import './fact-button.css';

interface DateFieldProps {
  readonly occurredAt: string;
  readonly isFixed: boolean;
  readonly onChange: (occurredAt: string) => void;
}

/** When it was; by the clock of the system's own picker. */
export function DateField({ occurredAt, isFixed, onChange }: DateFieldProps) {
  const texts = useTexts();
  const now = useNow();
  const words = `${nameOfDay(occurredAt, now)}, ${formatTime(occurredAt)}`;
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState<string>();
  const wanted = typed === undefined ? undefined : new Date(typed);
  const isGood = wanted !== undefined && !Number.isNaN(wanted.getTime());

  if (isFixed) return <time dateTime={occurredAt}>{words}</time>;
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setTyped(undefined);
      }}
    >
      <Hint words={formatMoment(occurredAt)}>
        <Popover.Trigger className="fact-button" aria-label={texts.memory.date.named(words)}>
          <time dateTime={occurredAt}>{words}</time>
        </Popover.Trigger>
      </Hint>
      <Popover.Portal>
        <Popover.Positioner className="date-field__place" sideOffset={4} align="start" collisionPadding={8}>
          <Popover.Popup className="date-field" aria-label={texts.memory.date.label}>
            <form
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                if (isGood) onChange(wanted.toISOString());
                setOpen(false);
              }}
            >
              <label className="date-field__label">
                {texts.memory.date.when}
                <input
                  className="date-field__input"
                  type="datetime-local"
                  max="9999-12-31T23:59"
                  value={typed ?? localOf(occurredAt)}
                  onChange={(event) => setTyped(event.target.value)}
                />
              </label>
              {isGood && (
                <Button type="submit" tone="primary">
                  {texts.memory.date.change}
                </Button>
              )}
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** As the input writes it: by the person's own clock, to the minute. */
function localOf(iso: string): string {
  const moment = new Date(iso);
  const two = (n: number) => String(n).padStart(2, '0');
  const year = String(moment.getFullYear()).padStart(4, '0');
  return `${year}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
