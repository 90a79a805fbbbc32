import { ArchiveRestore, Clock, Gauge, Layers, Pencil, Pin, PinOff, Tag, Trash2 } from 'lucide-react';
import { textsNow } from '../../../shared/texts/index.ts';
import type { CommandId } from '../../../shared/commands/commands.ts';
import type { MenuGroups, MenuItem } from '../../components/menu-items.tsx';
import { knownSummary } from '../../api/summaries.ts';
import { commandMemory } from '../memory/pane-commands.ts';
import { askForSession } from '../sessions/session-picker.tsx';
import { askForSpecialization } from '../specializations/specialization-picker.tsx';
import { moveToTrash, restore, setImportance, setPinned } from './memory-deeds.ts';

/** As many words as a person keeps apart; finer steps are set at the memory itself. */
export const importanceSteps = [
  { name: 'high', value: 0.8 },
  { name: 'normal', value: 0.5 },
  { name: 'low', value: 0.2 },
] as const;

export interface MemoryMenuOptions {
  readonly ids: readonly string[];
  readonly isTrash: boolean;
  readonly onTag: (ids: readonly string[]) => void;
  readonly onPurge: (ids: readonly string[]) => void;
  readonly onOpen: (id: string, isWish: boolean) => void;
  readonly saidKeys: (id: CommandId) => string | undefined;
}

/** What can be done with memories, with one as with many. */
export function memoryMenu(options: MemoryMenuOptions): MenuGroups {
  const texts = textsNow();
  const { ids, isTrash, onTag, onPurge, saidKeys } = options;
  if (isTrash) {
    return [
      [
        {
          key: 'restore',
          label: texts.browse.menu.restore,
          icon: ArchiveRestore,
          shortcut: saidKeys('memory.restore'),
          run: () => void restore(ids),
        },
      ],
      [
        {
          key: 'purge',
          label: texts.browse.menu.purge,
          icon: Trash2,
          shortcut: saidKeys('memory.purge'),
          danger: true,
          run: () => onPurge(ids),
        },
      ],
    ];
  }
  return [
    ids.length === 1 ? [editItem(options)] : [],
    [
      {
        key: 'tag',
        label: texts.browse.menu.tag,
        icon: Tag,
        shortcut: saidKeys('memory.tag'),
        run: () => onTag(ids),
      },
      { key: 'importance', label: texts.browse.menu.importance, icon: Gauge, groups: importanceGroups(ids) },
      {
        key: 'session',
        label: texts.browse.menu.session,
        icon: Clock,
        shortcut: saidKeys('memory.move'),
        run: () => void askForSession(ids),
      },
      {
        key: 'specialization',
        label: texts.browse.menu.specialization,
        icon: Layers,
        shortcut: saidKeys('memory.link'),
        run: () => askForSpecialization(ids),
      },
      pinItem(ids, saidKeys('memory.pin')),
    ],
    [
      {
        key: 'trash',
        label: texts.browse.menu.trash,
        icon: Trash2,
        shortcut: saidKeys('memory.trash'),
        run: () => void moveToTrash(ids),
      },
    ],
  ];
}

function editItem({ ids: [id = ''], onOpen, saidKeys }: MemoryMenuOptions): MenuItem {
  return {
    key: 'edit',
    label: textsNow().browse.menu.edit,
    icon: Pencil,
    shortcut: saidKeys('memory.edit'),
    run() {
      onOpen(id, true);
      commandMemory(id, 'edit');
    },
  };
}

/** Unpinning is offered when that is all there is to do. */
export const areAllPinned = (ids: readonly string[]): boolean =>
  ids.length <= 200 && ids.every((id) => knownSummary(id)?.pinned);

function pinItem(ids: readonly string[], shortcut: string | undefined): MenuItem {
  const texts = textsNow();
  const isPinned = areAllPinned(ids);
  return {
    key: 'pin',
    label: isPinned ? texts.browse.menu.unpin : texts.browse.menu.pin,
    icon: isPinned ? PinOff : Pin,
    shortcut,
    run: () => void setPinned(ids, !isPinned),
  };
}

export function importanceGroups(ids: readonly string[]): MenuGroups {
  const texts = textsNow();
  const labels = {
    high: texts.browse.menu.high,
    normal: texts.browse.menu.normal,
    low: texts.browse.menu.low,
  };
  return [
    importanceSteps.map(({ name, value }) => ({
      key: name,
      label: labels[name],
      run: () => void setImportance(ids, value, name),
    })),
  ];
}
