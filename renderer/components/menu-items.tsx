import { Menu as Base } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import { Check, ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import './menu.css';

interface Entry {
  readonly key: string;
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
  /** In place of an icon. */
  readonly sign?: ReactNode;
}

/** What is done when it is chosen. */
export interface MenuItem extends Entry {
  /** One of several of which one is chosen; without it, a deed. */
  readonly chosen?: boolean;
  /** As it is pressed: "Del". */
  readonly shortcut?: string | undefined;
  /** For what cannot be taken back. */
  readonly danger?: boolean;
  readonly run: () => void;
}

/** What opens a further menu. */
export interface SubMenu extends Entry {
  readonly groups: MenuGroups;
}

/** Parted by a line. */
export type MenuGroups = readonly (readonly (MenuItem | SubMenu)[])[];

export function MenuItems({ groups }: { groups: MenuGroups }) {
  return groups
    .filter((group) => group.length > 0)
    .map((group, at) => (
      <Fragment key={at}>
        {at > 0 && <Base.Separator className="menu__line" />}
        <ItemGroup group={group} />
      </Fragment>
    ));
}

function ItemGroup({ group }: { group: MenuGroups[number] }) {
  const chosen = group.find((item) => 'chosen' in item && item.chosen)?.key ?? null;
  const items = group.map((item) =>
    'groups' in item ? <SubMenuItem key={item.key} item={item} /> : <Deed key={item.key} item={item} />,
  );
  return group.some((item) => 'chosen' in item) ? (
    <Base.RadioGroup value={chosen}>{items}</Base.RadioGroup>
  ) : (
    <Base.Group>{items}</Base.Group>
  );
}

function Deed({ item }: { item: MenuItem }) {
  const { key, label, icon: Icon, sign, shortcut, danger = false, chosen, run } = item;
  const className = danger ? 'menu__item menu__item--danger' : 'menu__item';
  const own = sign ?? (Icon && <Icon size={16} strokeWidth={1.75} />);
  const tick = chosen && <Check size={16} strokeWidth={1.75} aria-hidden="true" />;
  const words = (
    <>
      <span className="menu__sign" aria-hidden="true">
        {own ?? tick}
      </span>
      <span className="menu__label" dir="auto">
        {label}
      </span>
      {shortcut !== undefined && <kbd className="menu__shortcut">{shortcut}</kbd>}
      {own !== undefined && tick && <span className="menu__tick">{tick}</span>}
    </>
  );
  return chosen === undefined ? (
    <Base.Item className={className} label={label} onClick={run}>
      {words}
    </Base.Item>
  ) : (
    <Base.RadioItem className={className} value={key} label={label} closeOnClick onClick={run}>
      {words}
    </Base.RadioItem>
  );
}

function SubMenuItem({ item: { label, icon: Icon, sign, groups } }: { item: SubMenu }) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className="menu__item" label={label}>
        <span className="menu__sign" aria-hidden="true">
          {sign ?? (Icon && <Icon size={16} strokeWidth={1.75} />)}
        </span>
        <span className="menu__label">{label}</span>
        <ChevronRight className="menu__more" size={16} strokeWidth={1.75} aria-hidden="true" />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner className="menu__place" sideOffset={-2} collisionPadding={8}>
          <Base.Popup className="menu">
            <MenuItems groups={groups} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  );
}
