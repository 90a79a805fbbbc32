import { Merge, Palette, Pencil, Trash2 } from 'lucide-react';
import type { CountedTag, TagColour } from '../../../shared/schemas/tag.ts';
import { loci } from '../../api/loci.ts';
import { showDialog } from '../../components/dialog-host.tsx';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { NameDialog } from '../../components/name-dialog.tsx';
import { leave } from '../../navigation/history.ts';
import { attempt, offerUndo } from '../undo/undo.ts';
import { MergeTagDialog } from './merge-tag-dialog.tsx';
import { TagDot } from './tag-dot.tsx';

const colours: readonly (readonly [TagColour, string])[] = [
  ['red', 'Red'],
  ['orange', 'Orange'],
  ['yellow', 'Yellow'],
  ['green', 'Green'],
  ['teal', 'Teal'],
  ['blue', 'Blue'],
  ['purple', 'Purple'],
  ['pink', 'Pink'],
];

/** What can be done with a tag. */
export function tagMenu(tag: CountedTag): MenuGroups {
  const colour = (value: TagColour | null, label: string) => ({
    key: value ?? 'none',
    label,
    sign: <TagDot colour={value} />,
    chosen: tag.colour === value,
    run: () => void attempt(() => loci.tags.change({ id: tag.id, colour: value })),
  });
  return [
    [
      { key: 'rename', label: 'Rename…', icon: Pencil, run: () => renameTag(tag) },
      {
        key: 'colour',
        label: 'Colour',
        icon: Palette,
        groups: [[...colours.map(([value, label]) => colour(value, label)), colour(null, 'No colour')]],
      },
      {
        key: 'merge',
        label: 'Merge into…',
        icon: Merge,
        run: () => showDialog((onClose) => <MergeTagDialog tag={tag} onClose={onClose} />),
      },
    ],
    [{ key: 'delete', label: 'Delete tag', icon: Trash2, run: () => void deleteTag(tag) }],
  ];
}

function renameTag({ id, name }: CountedTag): void {
  showDialog((onClose) => (
    <NameDialog
      title="Rename the tag"
      label="Name"
      value={name}
      deed="Rename"
      save={(wish) => loci.tags.change({ id, name: wish })}
      onClose={onClose}
    />
  ));
}

export function makeTag(): void {
  showDialog((onClose) => (
    <NameDialog
      title="New tag"
      label="Name"
      deed="Make tag"
      save={(name) => loci.tags.create({ name })}
      onClose={onClose}
    />
  ));
}

async function deleteTag({ id, name }: CountedTag): Promise<void> {
  const done = await attempt(() => loci.tags.delete({ id }));
  if (!done) return;
  leave(id);
  offerUndo(`Deleted the tag “${name}”; its memories stay`, [done.undoId]);
}
