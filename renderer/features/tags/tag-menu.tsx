import { Merge, Palette, Pencil, Trash2 } from 'lucide-react';
import { tagColours, type CountedTag, type TagColour } from '../../../shared/schemas/tag.ts';
import { loci } from '../../api/loci.ts';
import { showDialog } from '../../components/dialog-host.tsx';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { NameDialog } from '../../components/name-dialog.tsx';
import { leave } from '../../navigation/history.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { attempt, offerUndo } from '../undo/undo.ts';
import { MergeTagDialog } from './merge-tag-dialog.tsx';
import { TagDot } from './tag-dot.tsx';

/** What can be done with a tag. */
export function tagMenu(tag: CountedTag): MenuGroups {
  const texts = textsNow();
  const colour = (value: TagColour | null, label: string) => ({
    key: value ?? 'none',
    label,
    sign: <TagDot colour={value} />,
    chosen: tag.colour === value,
    run: () => void attempt(() => loci.tags.change({ id: tag.id, colour: value })),
  });
  return [
    [
      { key: 'rename', label: texts.tags.menu.rename, icon: Pencil, run: () => renameTag(tag) },
      {
        key: 'colour',
        label: texts.tags.menu.colour,
        icon: Palette,
        groups: [
          [
            ...tagColours.map((value) => colour(value, texts.tags.colours[value])),
            colour(null, texts.tags.menu.noColour),
          ],
        ],
      },
      {
        key: 'merge',
        label: texts.tags.menu.merge,
        icon: Merge,
        run: () => showDialog((onClose) => <MergeTagDialog tag={tag} onClose={onClose} />),
      },
    ],
    [{ key: 'delete', label: texts.tags.menu.delete, icon: Trash2, run: () => void deleteTag(tag) }],
  ];
}

function renameTag({ id, name }: CountedTag): void {
  const texts = textsNow();
  showDialog((onClose) => (
    <NameDialog
      title={texts.tags.name.renameTitle}
      label={texts.tags.name.label}
      value={name}
      deed={texts.tags.name.rename}
      save={(wish) => loci.tags.change({ id, name: wish })}
      onClose={onClose}
    />
  ));
}

export function makeTag(): void {
  const texts = textsNow();
  showDialog((onClose) => (
    <NameDialog
      title={texts.tags.newTag}
      label={texts.tags.name.label}
      deed={texts.tags.name.make}
      save={(name) => loci.tags.create({ name })}
      onClose={onClose}
    />
  ));
}

async function deleteTag({ id, name }: CountedTag): Promise<void> {
  const done = await attempt(() => loci.tags.delete({ id }));
  if (!done) return;
  leave(id);
  offerUndo((texts) => texts.tags.menu.deleted(name), [done.undoId]);
}
