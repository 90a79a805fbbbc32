import { ContextMenu as Base } from '@base-ui/react/context-menu';
import type { MouseEvent, ReactElement } from 'react';
import { useState } from 'react';
import { MenuItems, type MenuGroups } from './menu-items.tsx';

interface ContextMenuProps {
  /** What the menu is about. */
  readonly label: string;
  /** Asked when it opens; without any there is no menu here. */
  readonly groups: (event: MouseEvent) => MenuGroups | undefined;
  /** The element it belongs to. */
  readonly children: ReactElement<Record<string, unknown>>;
}

/** What can be done with something, by the other button of the mouse or the menu key. */
export function ContextMenu({ label, groups, children }: ContextMenuProps) {
  const [shown, setShown] = useState<MenuGroups>([]);

  function decide(event: MouseEvent): void {
    const now = groups(event);
    setShown(now ?? []);
    if (now) return;
    // Nothing opens, not even what the primitive would show empty.
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <Base.Root>
      <Base.Trigger render={children} onContextMenuCapture={decide} />
      <Base.Portal>
        <Base.Positioner className="menu__place" collisionPadding={8}>
          <Base.Popup className="menu" aria-label={label}>
            <MenuItems groups={shown} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
