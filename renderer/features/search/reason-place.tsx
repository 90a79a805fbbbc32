import { Popover } from '@base-ui/react/popover';
import type { ReactNode } from 'react';
import { formatFigure } from '../../text/figures.ts';
import type { AskedReason } from './asked-reason.ts';
import './reason-popover.css';

interface ReasonPlaceProps {
  readonly asked: AskedReason | undefined;
  readonly label: string;
  /** The list that the keyboard goes back to. */
  readonly list: string;
  readonly side: 'right' | 'bottom';
  readonly onClose: () => void;
  readonly onEnter: () => void;
  readonly onLeave: () => void;
  readonly children: ReactNode;
}

/** Beside a hit, for why it is there. */
export function ReasonPlace({
  asked,
  label,
  list,
  side,
  onClose,
  onEnter,
  onLeave,
  children,
}: ReasonPlaceProps) {
  return (
    <Popover.Root open={asked !== undefined} onOpenChange={(open) => open || onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          className="menu__place"
          anchor={asked?.anchor ?? null}
          side={side}
          align="start"
          sideOffset={side === 'right' ? 6 : 4}
          collisionPadding={8}
          collisionAvoidance={{ side: 'flip', align: 'shift', fallbackAxisSide: 'end' }}
        >
          <Popover.Popup
            className="reason"
            aria-label={label}
            initialFocus={asked?.takesFocus ?? false}
            finalFocus={() => listIfHere(list)}
            onPointerEnter={onEnter}
            onPointerLeave={onLeave}
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The list goes on where this had the focus; whoever is somewhere else by now, in the search field say, stays there. */
function listIfHere(list: string): HTMLElement | false {
  const { activeElement } = document;
  const isHere = activeElement === document.body || activeElement?.closest('.reason') != null;
  return (isHere && document.querySelector<HTMLElement>(list)) || false;
}

interface ReasonPartsProps {
  readonly parts: readonly { readonly part: string; readonly name: string; readonly amount: number }[];
}

/** What each adds, beside the one that adds most. */
export function ReasonParts({ parts }: ReasonPartsProps) {
  const most = Math.max(...parts.map(({ amount }) => amount));
  return (
    <dl className="reason__parts">
      {parts.map(({ part, name, amount }) => (
        <div className="reason__part" key={part}>
          <dt>{name}</dt>
          <dd>
            <span className="reason__track" aria-hidden="true">
              <span
                className={`reason__amount reason-bar__part--${part}`}
                style={{ width: `${most > 0 ? (amount / most) * 100 : 0}%` }}
              />
            </span>
            <span className="reason__number">{formatFigure(amount)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
