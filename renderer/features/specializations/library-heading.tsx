import {
  ArrowDownNarrowWide,
  ArrowDownWideNarrow,
  ChartScatter,
  Ellipsis,
  File,
  FilePlus2,
  Folder,
  FolderSearch,
  LayoutGrid,
  ListFilter,
  ListTree,
  Plus,
  RefreshCw,
  Table2,
  Trash2,
  Undo2,
} from 'lucide-react';
import { loci } from '../../api/loci.ts';
import type { SpecializationRow } from '../../../shared/schemas/specialization-list.ts';
import { showDialog } from '../../components/dialog-host.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import type { MenuGroups, MenuItem } from '../../components/menu-items.tsx';
import { NameDialog } from '../../components/name-dialog.tsx';
import { tell } from '../../components/toasts.tsx';
import { currentPlace, go } from '../../navigation/history.ts';
import { formatCount } from '../../text/quantities.ts';
import '../browse/list-heading.css';
import { attempt, offerUndo } from '../undo/undo.ts';
import { formatName, shortModel, specializationsInWords } from './adapter-words.ts';
import { chooseAdapter, scanFolder, showAdded } from './bring-adapters.ts';
import { chooseInList, columnNames, columns, sortBy, useListChoices } from './list-choices.ts';
import type { SpecializationSearch } from './specialization-search.ts';

interface LibraryHeadingProps {
  readonly isTrash: boolean;
  readonly isSearch: boolean;
  readonly rows: readonly SpecializationRow[] | undefined;
  readonly found: SpecializationSearch['found'];
}

/** What the list is called, how much is in it, and what can be done with it. */
export function LibraryHeading({ isTrash, isSearch, rows, found }: LibraryHeadingProps) {
  const { layout, sorting, isGrouped } = useListChoices();
  const count = isSearch ? found?.relevant : rows?.length;
  const isUsed = rows !== undefined && rows.length > 0;
  const Way = sorting.isDown ? ArrowDownWideNarrow : ArrowDownNarrowWide;
  return (
    <header className="list-pane__heading">
      <div className="list-pane__words">
        <h1 className="list-pane__title">{isTrash ? 'Specializations in the trash' : 'Specializations'}</h1>
        <p className="list-pane__count">
          {isSearch && found?.nothingRelevant
            ? 'Nothing found'
            : count !== undefined &&
              (isSearch ? `${formatCount(count)} found` : specializationsInWords(count))}
        </p>
      </div>
      {isUsed && (
        <Menu label="Filter" className="icon-button" align="end" groups={filterMenu(rows)}>
          <ListFilter size={16} strokeWidth={1.75} aria-hidden="true" />
        </Menu>
      )}
      {isUsed && (
        <IconButton
          label={layout === 'table' ? 'Show as cards' : 'Show as a table'}
          icon={layout === 'table' ? LayoutGrid : Table2}
          onClick={() => chooseInList({ layout: layout === 'table' ? 'cards' : 'table' })}
        />
      )}
      <Menu
        label="View and actions"
        className="icon-button"
        align="end"
        groups={[
          isUsed
            ? columns.map((column) => ({
                key: column,
                label: columnNames[column],
                icon: sorting.by === column ? Way : undefined,
                chosen: sorting.by === column,
                run: () => sortBy(column),
              }))
            : [],
          isUsed
            ? [
                {
                  key: 'group',
                  label: isGrouped ? 'Show versions one by one' : 'Group versions of the same adapter',
                  icon: ListTree,
                  run: () => chooseInList({ isGrouped: !isGrouped }),
                },
              ]
            : [],
          [
            ...(isTrash
              ? []
              : [
                  {
                    key: 'coverage',
                    label: 'What no specialization covers',
                    icon: ChartScatter,
                    run: () => go({ view: { kind: 'coverage' } }),
                  },
                  {
                    key: 'check',
                    label: 'Look for missing files',
                    icon: RefreshCw,
                    run: () => void checkFiles(),
                  },
                ]),
            {
              key: 'trash',
              label: isTrash ? 'Back to the specializations' : 'Specializations in the trash',
              icon: isTrash ? Undo2 : Trash2,
              run: () => go({ view: { kind: isTrash ? 'specializations' : 'specialization-trash' } }),
            },
          ],
        ]}
      >
        <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
      </Menu>
      {!isTrash && (
        <Menu label="Add" className="icon-button" align="end" groups={addMenu()}>
          <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
        </Menu>
      )}
    </header>
  );
}

function addMenu(): MenuGroups {
  return [
    [
      { key: 'folder', label: 'Choose a folder…', icon: Folder, run: () => void chooseAdapter('folder') },
      { key: 'file', label: 'Choose a file…', icon: File, run: () => void chooseAdapter('file') },
      { key: 'scan', label: 'Look through a folder…', icon: FolderSearch, run: () => void scanFolder() },
    ],
    [{ key: 'draft', label: 'Without an adapter yet…', icon: FilePlus2, run: makeDraft }],
  ];
}

function makeDraft(): void {
  showDialog((onClose) => (
    <NameDialog
      title="A specialization without an adapter yet"
      label="Name"
      placeholder="What the model is to be good at"
      deed="Make it"
      save={async (name) => {
        const { id, undoId } = await loci.specializations.create({ name });
        offerUndo(`Made “${name}”`, [undoId], specializationsInWords);
        showAdded(id);
      }}
      onClose={onClose}
    />
  ));
}

async function checkFiles(): Promise<void> {
  const found = await attempt(() => loci.specializations.checkAdapterFiles());
  if (!found) return;
  const { checked, missing, changed, back } = found;
  const news = [
    missing > 0 ? `${formatCount(missing)} missing` : '',
    changed > 0 ? `${formatCount(changed)} changed` : '',
    back > 0 ? `${formatCount(back)} found again` : '',
  ].filter((part) => part !== '');
  const words = news.length > 0 ? news.join(', ') : 'all where they were';
  tell({ words: `Looked for the files of ${specializationsInWords(checked)}: ${words}` });
}

const mostModels = 8;

/** Filters that make a difference here; they stand in the search bar, where one learns them. */
function filterMenu(rows: readonly SpecializationRow[]): MenuGroups {
  const item = (filter: string, label: string, holds: (row: SpecializationRow) => boolean): MenuItem[] => {
    const count = rows.filter(holds).length;
    if (count === 0) return [];
    return [{ key: filter, label: `${label} (${formatCount(count)})`, run: () => addFilter(filter) }];
  };
  const models = [
    ...Map.groupBy(
      rows.flatMap(({ baseModel }) => baseModel ?? []),
      shortModel,
    ),
  ]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, mostModels);
  return [
    models.flatMap(([model]) =>
      item(
        `base:${quoted(model)}`,
        model,
        ({ baseModel }) => baseModel !== null && shortModel(baseModel) === model,
      ),
    ),
    (['safetensors', 'gguf'] as const).flatMap((format) =>
      item(`format:${format}`, formatName(format), (row) => row.format === format),
    ),
    [
      ...item('missing:yes', 'File missing', ({ status }) => status === 'missing'),
      ...item('status:draft', 'No adapter yet', ({ status }) => status === 'draft'),
      ...item('is:linked', 'With memories', (row) => row.training + row.reference > 0),
      ...item('is:copied', 'Copied into the library', ({ isCopy }) => isCopy),
    ],
  ];
}

const quoted = (value: string): string => (/[\s,"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value);

function addFilter(filter: string): void {
  const place = currentPlace();
  const words = (place.q ?? '').split(' ').filter((word) => word !== '' && word !== filter);
  go({ ...place, q: [...words, filter].join(' ') });
}
