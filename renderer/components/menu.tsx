import type { LucideIcon } from 'lucide-react';
import { Check } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent, type ReactNode, type ToggleEvent } from 'react';
import './menu.css';

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  /** One of several of which one is chosen; without it, a deed. */
  readonly chosen?: boolean;
  readonly icon?: LucideIcon;
  readonly run: () => void;
}

interface MenuProps {
  /** Of the button: what one gets by it. */
  readonly label: string;
  readonly className: string;
  /** Parted by a line. */
  readonly groups: readonly (readonly MenuItem[])[];
  /** What the button shows. */
  readonly children: ReactNode;
}

/**
 * A button and what it opens, with the keys people expect of a menu. A native popover: it lies above
 * everything, goes at Escape or a click elsewhere, and gives the focus back.
 */
export function Menu({ label, className, groups, children }: MenuProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  /** Letters and hyphens alone may be in the name of an anchor. */
  const anchor = `--menu-${id.replaceAll(/[^\w]/g, '')}`;

  function items(): HTMLElement[] {
    return [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  }

  function onToggle({ newState }: ToggleEvent<HTMLDivElement>): void {
    setOpen(newState === 'open');
    if (newState !== 'open') return;
    const all = items();
    (all.find((item) => item.ariaChecked === 'true') ?? all[0])?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const target = targetOf(event.key, at, all);
    if (event.key === 'Tab') list.current?.hidePopover();
    if (!target) return;
    event.preventDefault();
    target.focus();
  }

  return (
    <>
      <button
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        popoverTarget={id}
        style={{ anchorName: anchor }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          list.current?.showPopover();
        }}
      >
        {children}
      </button>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- Its items have the focus, one of them at a time. */}
      <div
        className="menu"
        id={id}
        ref={list}
        role="menu"
        aria-label={label}
        popover="auto"
        style={{ positionAnchor: anchor }}
        onToggle={onToggle}
        onKeyDown={onKeyDown}
      >
        {groups.map((group, at) => (
          <div className="menu__group" role="group" key={at}>
            {group.map(({ key, label: words, chosen, icon: Icon, run }) => (
              <button
                type="button"
                className="menu__item"
                key={key}
                role={chosen === undefined ? 'menuitem' : 'menuitemradio'}
                aria-checked={chosen}
                tabIndex={-1}
                onClick={() => {
                  list.current?.hidePopover();
                  run();
                }}
              >
                <span className="menu__sign">
                  {chosen && <Check size={16} strokeWidth={1.75} aria-hidden="true" />}
                  {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
                </span>
                <span className="menu__label" dir="auto">
                  {words}
                </span>
              </button>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

/** Where a key leads: to a neighbour, round the ends, to an end, or to the next that begins with that letter. */
function targetOf(key: string, at: number, all: readonly HTMLElement[]): HTMLElement | undefined {
  if (key === 'ArrowDown') return all[(at + 1) % all.length];
  if (key === 'ArrowUp') return all.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  if (!/^[\p{L}\p{N}]$/u.test(key)) return undefined;
  const after = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  return after.find((item) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()));
}
