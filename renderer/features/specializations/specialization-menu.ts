import { textsNow } from '../../../shared/texts/index.ts';
import { ArchiveRestore, Columns2, ExternalLink, Trash2 } from 'lucide-react';
import type { CommandId } from '../../../shared/commands/commands.ts';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { go } from '../../navigation/history.ts';
import { moveToTrash, restore } from './specialization-deeds.ts';

export interface SpecializationMenuOptions {
  readonly ids: readonly string[];
  readonly isTrash: boolean;
  readonly saidKeys: (id: CommandId) => string | undefined;
  readonly onOpen: (id: string, isWish: boolean) => void;
  readonly onPurge: (ids: readonly string[]) => void;
}

/** What can be done with specializations, with one as with many. */
export function specializationMenu({
  ids,
  isTrash,
  saidKeys,
  onOpen,
  onPurge,
}: SpecializationMenuOptions): MenuGroups {
  const texts = textsNow();
  const [first = '', second = ''] = ids;
  if (isTrash)
    return [
      [
        {
          key: 'restore',
          label: texts.specializations.deeds.restore,
          icon: ArchiveRestore,
          shortcut: saidKeys('specialization.restore'),
          run: () => void restore(ids),
        },
      ],
      [
        {
          key: 'purge',
          label: texts.specializations.deeds.purge,
          icon: Trash2,
          shortcut: saidKeys('specialization.purge'),
          danger: true,
          run: () => onPurge(ids),
        },
      ],
    ];
  return [
    ids.length === 1
      ? [
          {
            key: 'open',
            label: texts.specializations.deeds.open,
            icon: ExternalLink,
            shortcut: 'Enter',
            run: () => onOpen(first, true),
          },
        ]
      : [],
    ids.length === 2
      ? [
          {
            key: 'compare',
            label: texts.specializations.deeds.compare,
            icon: Columns2,
            shortcut: saidKeys('specialization.compare'),
            run: () => compare(first, second),
          },
        ]
      : [],
    [
      {
        key: 'trash',
        label: texts.specializations.deeds.trash,
        icon: Trash2,
        shortcut: saidKeys('specialization.trash'),
        run: () => void moveToTrash(ids),
      },
    ],
  ];
}

/** Side by side. */
export function compare(left: string, right: string): void {
  go({ view: { kind: 'specializations' }, pair: [left, right] });
}
