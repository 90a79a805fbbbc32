import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';
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
import { chooseInList, columns, sortBy, useListChoices } from './list-choices.ts';
import type { SpecializationSearch } from './specialization-search.ts';

interface LibraryHeadingProps {
  readonly isTrash: boolean;
  readonly isSearch: boolean;
  readonly rows: readonly SpecializationRow[] | undefined;
  readonly found: SpecializationSearch['found'];
}

/** What the list is called, how much is in it, and what can be done with it. */
export function LibraryHeading({ isTrash, isSearch, rows, found }: LibraryHeadingProps) {
  const texts = useTexts();
  const { layout, sorting, isGrouped } = useListChoices();
  const count = isSearch ? found?.relevant : rows?.length;
  const isUsed = rows !== undefined && rows.length > 0;
  const Way = sorting.isDown ? ArrowDownWideNarrow : ArrowDownNarrowWide;
  return (
    <header className="list-pane__heading">
      <div className="list-pane__words">
        <h1 className="list-pane__title">
          {isTrash ? texts.specializations.inTrash : texts.specializations.title}
        </h1>
        <p className="list-pane__count">
          {isSearch && found?.nothingRelevant
            ? texts.specializations.list.nothingFound
            : count !== undefined &&
              (isSearch ? texts.specializations.list.found(count) : specializationsInWords(count))}
        </p>
      </div>
      {isUsed && (
        <Menu
          label={texts.specializations.list.filter}
          className="icon-button"
          align="end"
          groups={filterMenu(rows)}
        >
          <ListFilter size={16} strokeWidth={1.75} aria-hidden="true" />
        </Menu>
      )}
      {isUsed && (
        <IconButton
          label={layout === 'table' ? texts.specializations.list.asCards : texts.specializations.list.asTable}
          icon={layout === 'table' ? LayoutGrid : Table2}
          onClick={() => chooseInList({ layout: layout === 'table' ? 'cards' : 'table' })}
        />
      )}
      <Menu
        label={texts.specializations.list.actions}
        className="icon-button"
        align="end"
        groups={[
          isUsed
            ? columns.map((column) => ({
                key: column,
                label: texts.specializations.columns[column],
                icon: sorting.by === column ? Way : undefined,
                chosen: sorting.by === column,
                run: () => sortBy(column),
              }))
            : [],
          isUsed
            ? [
                {
                  key: 'group',
                  label: isGrouped ? texts.specializations.list.oneByOne : texts.specializations.list.grouped,
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
                    label: texts.specializations.list.coverage,
                    icon: ChartScatter,
                    run: () => go({ view: { kind: 'coverage' } }),
                  },
                  {
                    key: 'check',
                    label: texts.specializations.list.lookForFiles,
                    icon: RefreshCw,
                    run: () => void checkFiles(),
                  },
                ]),
            {
              key: 'trash',
              label: isTrash ? texts.specializations.list.back : texts.specializations.inTrash,
              icon: isTrash ? Undo2 : Trash2,
              run: () => go({ view: { kind: isTrash ? 'specializations' : 'specialization-trash' } }),
            },
          ],
        ]}
      >
        <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
      </Menu>
      {!isTrash && (
        <Menu label={texts.specializations.list.add} className="icon-button" align="end" groups={addMenu()}>
          <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
        </Menu>
      )}
    </header>
  );
}

function addMenu(): MenuGroups {
  const texts = textsNow();
  return [
    [
      {
        key: 'folder',
        label: texts.specializations.list.chooseFolder,
        icon: Folder,
        run: () => void chooseAdapter('folder'),
      },
      {
        key: 'file',
        label: texts.specializations.list.chooseFile,
        icon: File,
        run: () => void chooseAdapter('file'),
      },
      {
        key: 'scan',
        label: texts.specializations.list.lookThrough,
        icon: FolderSearch,
        run: () => void scanFolder(),
      },
    ],
    [{ key: 'draft', label: texts.specializations.list.draft, icon: FilePlus2, run: makeDraft }],
  ];
}

function makeDraft(): void {
  const texts = textsNow();
  showDialog((onClose) => (
    <NameDialog
      title={texts.specializations.list.draftTitle}
      label={texts.specializations.list.name}
      placeholder={texts.specializations.list.draftPlaceholder}
      deed={texts.specializations.list.make}
      save={async (name) => {
        const { id, undoId } = await loci.specializations.create({ name });
        offerUndo(() => textsNow().specializations.list.made(name), [undoId], specializationsInWords);
        showAdded(id);
      }}
      onClose={onClose}
    />
  ));
}

async function checkFiles(): Promise<void> {
  const texts = textsNow();
  const found = await attempt(() => loci.specializations.checkAdapterFiles());
  if (!found) return;
  const { checked, missing, changed, back } = found;
  const news = [
    missing > 0 ? texts.specializations.list.nMissing(missing) : '',
    changed > 0 ? texts.specializations.list.nChanged(changed) : '',
    back > 0 ? texts.specializations.list.nBack(back) : '',
  ].filter((part) => part !== '');
  const words = news.length > 0 ? news.join(', ') : texts.specializations.list.allThere;
  tell({ words: () => textsNow().specializations.list.looked(checked, words) });
}

const mostModels = 8;

/** Filters that make a difference here; they stand in the search bar, where one learns them. */
function filterMenu(rows: readonly SpecializationRow[]): MenuGroups {
  const texts = textsNow();
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
      ...item('missing:yes', texts.specializations.list.fileMissing, ({ status }) => status === 'missing'),
      ...item('status:draft', texts.specializations.list.noAdapter, ({ status }) => status === 'draft'),
      ...item(
        'is:linked',
        texts.specializations.list.withMemories,
        (row) => row.training + row.reference > 0,
      ),
      ...item('is:copied', texts.specializations.list.copied, ({ isCopy }) => isCopy),
    ],
  ];
}

const quoted = (value: string): string => (/[\s,"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value);

function addFilter(filter: string): void {
  const place = currentPlace();
  const words = (place.q ?? '').split(' ').filter((word) => word !== '' && word !== filter);
  go({ ...place, q: [...words, filter].join(' ') });
}
