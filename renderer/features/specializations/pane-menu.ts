import { textsNow } from '../../../shared/texts/index.ts';
import { ArchiveRestore, Columns2, Copy, File, Folder, HardDriveDownload, Trash2 } from 'lucide-react';
import type { InspectedAdapter } from '../../../shared/schemas/adapter.ts';
import { followJob } from '../../api/adapter-jobs.ts';
import { loci } from '../../api/loci.ts';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { tell } from '../../components/toasts.tsx';
import { deleteKey } from '../../navigation/keys.ts';
import { attempt } from '../undo/undo.ts';
import { chooseAdapter } from './bring-adapters.ts';
import { askForOther } from './other-picker.tsx';
import { moveToTrash, restore } from './specialization-deeds.ts';

/** What can be done with the one that is open. */
export function paneMenu({ specialization, report, isCopy }: InspectedAdapter): MenuGroups {
  const texts = textsNow();
  const { id, name, version, deletedAt } = specialization;
  if (deletedAt !== null)
    return [
      [
        {
          key: 'restore',
          label: texts.specializations.deeds.restore,
          icon: ArchiveRestore,
          run: () => void restore([id]),
        },
      ],
    ];
  const to = { id, name, version };
  return [
    [
      {
        key: 'compare',
        label: texts.specializations.deeds.compareWith,
        icon: Columns2,
        run: () => askForOther(id),
      },
      {
        key: 'copy-name',
        label: texts.specializations.deeds.copyName,
        icon: Copy,
        run: () => void copyName(name),
      },
    ],
    [
      ...(report !== null && !isCopy && specialization.status === 'ready'
        ? [
            {
              key: 'copy',
              label: texts.specializations.deeds.copyIn,
              icon: HardDriveDownload,
              run: () => void copyIntoLibrary(id),
            },
          ]
        : []),
      {
        key: 'folder',
        label: report ? texts.specializations.deeds.otherFolder : texts.specializations.deeds.firstFolder,
        icon: Folder,
        run: () => void chooseAdapter('folder', to),
      },
      {
        key: 'file',
        label: report ? texts.specializations.deeds.otherFile : texts.specializations.deeds.firstFile,
        icon: File,
        run: () => void chooseAdapter('file', to),
      },
    ],
    [
      {
        key: 'trash',
        label: texts.specializations.deeds.trash,
        icon: Trash2,
        shortcut: deleteKey,
        run: () => void moveToTrash([id]),
      },
    ],
  ];
}

async function copyName(name: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(name);
    tell({ words: (texts) => texts.specializations.deeds.nameCopied });
  } catch {
    tell({ words: (texts) => texts.specializations.deeds.nameNotCopied, tone: 'danger' });
  }
}

async function copyIntoLibrary(id: string): Promise<void> {
  const started = await attempt(() => loci.specializations.copyAdapter({ id }));
  if (started) followJob(started.jobId, id);
}
