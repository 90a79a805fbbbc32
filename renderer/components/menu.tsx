import { Menu as Base } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import { MenuItems, type MenuGroups } from './menu-items.tsx';

interface MenuProps {
  /** Of the button: what one gets by it. */
  readonly label: string;
  readonly className: string;
  readonly groups: MenuGroups;
  readonly side?: 'top' | 'bottom';
  readonly align?: 'start' | 'end';
  /** What the button shows. */
  readonly children: ReactNode;
}

/** A button and what it opens, with the keys people expect of a menu. */
export function Menu({ label, className, groups, side = 'bottom', align = 'start', children }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger className={className} aria-label={label}>
        {children}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          className="menu__place"
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
        >
          <Base.Popup className="menu" aria-label={label}>
            <MenuItems groups={groups} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
