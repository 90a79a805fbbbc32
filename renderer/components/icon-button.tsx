import { Tooltip } from '@base-ui/react/tooltip';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import './icon-button.css';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'aria-label'> {
  /** What it does; shown when one rests on it. */
  readonly label: string;
  readonly icon: LucideIcon;
  /** As it is pressed: "Alt+←". */
  readonly shortcut?: string | undefined;
}

/** A deed that is known by its picture. */
export function IconButton({ label, icon: Icon, shortcut, ...rest }: IconButtonProps) {
  return (
    <Hint words={label} shortcut={shortcut}>
      <button type="button" className="icon-button" aria-label={label} {...rest}>
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </Hint>
  );
}

interface HintProps {
  readonly words: string;
  readonly shortcut?: string | undefined;
  readonly children: ComponentProps<typeof Tooltip.Trigger>['render'];
}

/** A word about what one rests on; for the eye alone, as what it is about says the same to all. */
export function Hint({ words, shortcut, children }: HintProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner className="hint__place" sideOffset={6} collisionPadding={8}>
          <Tooltip.Popup className="hint">
            {words}
            {shortcut !== undefined && <kbd className="hint__shortcut">{shortcut}</kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
