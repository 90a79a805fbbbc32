import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { ContextMenu } from '../../components/context-menu.tsx';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { formatCount } from '../../text/quantities.ts';
import { useDropPlace } from '../browse/drag.ts';

interface SidebarEntryProps {
  readonly address: string;
  readonly label: string;
  readonly isCurrent: boolean;
  readonly icon?: LucideIcon;
  /** In place of the icon. */
  readonly sign?: ReactNode;
  readonly count?: number | undefined;
  /** The way to more of the same. */
  readonly isQuiet?: boolean;
  readonly menu?: () => MenuGroups;
  /** What happens to memories that are let go of here. */
  readonly onMemories?: (ids: readonly string[]) => void;
}

export function SidebarEntry(props: SidebarEntryProps) {
  const { address, label, isCurrent, icon: Icon, sign, count, isQuiet = false, menu, onMemories } = props;
  const drop = useDropPlace((ids) => onMemories?.(ids));
  const link = (
    <a
      className={isQuiet ? 'sidebar__entry sidebar__entry--quiet' : 'sidebar__entry'}
      href={address}
      draggable={false}
      aria-current={isCurrent ? 'page' : undefined}
      data-drop={(onMemories && drop.isOver) || undefined}
      {...(onMemories ? drop.handlers : {})}
    >
      <span className="sidebar__sign">
        {sign ?? (Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />)}
      </span>
      <bdi className="sidebar__label">{label}</bdi>
      {count !== undefined && count > 0 && <span className="sidebar__count">{formatCount(count)}</span>}
    </a>
  );
  return (
    <li>
      {menu ? (
        <ContextMenu label={label} groups={menu}>
          {link}
        </ContextMenu>
      ) : (
        link
      )}
    </li>
  );
}
