import { useEffect, useRef, useState, type ComponentProps } from 'react';
import { useSettings } from '../../api/settings.ts';
import { useDeeds, type Deeds } from '../../commands/deeds.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { showDialog } from '../../components/dialog-host.tsx';
import type { Place } from '../../navigation/place.ts';
import { commandMemory } from '../memory/pane-commands.ts';
import { askForSpecialization } from '../specializations/specialization-picker.tsx';
import { askForSession } from '../sessions/session-picker.tsx';
import { TagPicker } from '../tags/tag-picker.tsx';
import { PurgeDialog } from '../trash/purge-dialog.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { leftAt, remember } from './list-memory.ts';
import { density } from './list-settings.ts';
import { moveToTrash, purge, restore, setImportance, setPinned } from './memory-deeds.ts';
import { MemoryList } from './memory-list.tsx';
import { areAllPinned, importanceSteps, memoryMenu } from './memory-menu.ts';
import type { Outline } from './outline.ts';
import { everything, keptIn, noSelection, only, type Selection } from './selection.ts';

/** Comes into the list from above it, at its first memory. */
export type EnterList = (opens: boolean) => void;

interface ListedMemoriesProps extends Pick<ComponentProps<typeof MemoryList>, 'parts' | 'Row'> {
  readonly place: Place;
  readonly name: string;
  readonly label: string;
  readonly outline: Outline;
  readonly isTrash: boolean;
  /** Told how one comes into the list from above it. */
  readonly onEntry: (enter: EnterList) => void;
  readonly onOpen: (id: string, isWish: boolean) => void;
  readonly onGone: (neighbour: string | undefined) => void;
  readonly onClose: () => void;
  /** There is nothing else to step back from; true when there was in the list as a whole. */
  readonly onStepBack?: () => boolean;
  /** A key that means something in this list alone; true when it was taken. */
  readonly onKey?: (key: string, id: string | undefined) => boolean;
}

/** The memories of a list, those that are chosen, and what can be done with them. */
export function ListedMemories(props: ListedMemoriesProps) {
  const {
    place,
    name,
    label,
    outline,
    parts,
    Row,
    isTrash,
    onEntry,
    onOpen,
    onGone,
    onClose,
    onStepBack,
    onKey,
  } = props;
  const chosenDensity = density.use();
  const { selection, select } = useSelection(name, outline, place.open, onGone, parts === undefined);
  const keepDays = useSettings()['trash.keepDays'];
  const ids = [...selection.ids];
  const saidKeys = useSaidKeys();

  useEffect(() => {
    onEntry((opens) => {
      if (outline.length === 0) return;
      const first = outline.idAt(0);
      document.querySelector<HTMLElement>('.list-pane .memory-list')?.focus({ preventScroll: true });
      select(only(first));
      if (opens) onOpen(first, true);
    });
  });

  const askToPurge = (some: readonly string[]) =>
    showDialog((close) => <PurgeDialog count={some.length} purge={() => purge(some)} onClose={close} />);
  const askForTag = (some: readonly string[]) =>
    showDialog((close) => <TagPicker ids={some} onClose={close} />);

  function command(key: string): boolean {
    if (key === 'Escape') return stepBack();
    return onKey?.(key, selection.cursor) ?? false;
  }

  const commandPlace = isTrash ? 'trash' : 'list';
  useDeeds(commandPlace, ids.length === 0 ? {} : isTrash ? ofTrash() : ofList());

  function ofTrash(): Deeds {
    return { 'memory.restore': () => void restore(ids), 'memory.purge': () => askToPurge(ids) };
  }

  function ofList(): Deeds {
    const weigh = (step: (typeof importanceSteps)[number]) => void setImportance(ids, step.value, step.name);
    const [high, normal, low] = importanceSteps;
    return {
      'memory.edit': () => edit(selection.cursor),
      'memory.tag': () => askForTag(ids),
      'memory.pin': () => void setPinned(ids, !areAllPinned(ids)),
      'memory.important': () => weigh(high),
      'memory.usual': () => weigh(normal),
      'memory.minor': () => weigh(low),
      'memory.move': () => void askForSession(ids),
      'memory.link': () => askForSpecialization(ids),
      'memory.trash': () => void moveToTrash(ids),
    };
  }

  function edit(id: string | undefined): void {
    if (id === undefined) return;
    onOpen(id, true);
    commandMemory(id, 'edit');
  }

  function stepBack(): boolean {
    if (selection.ids.size > 1) select(selection.cursor === undefined ? noSelection : only(selection.cursor));
    else if (place.open !== undefined) onClose();
    else if (selection.ids.size > 0) select(noSelection);
    else return onStepBack?.() ?? false;
    return true;
  }

  return (
    <>
      {outline.length > 0 && (
        <MemoryList
          label={label}
          commandPlace={commandPlace}
          name={name}
          outline={outline}
          parts={parts}
          {...(Row ? { Row } : {})}
          density={chosenDensity}
          selection={selection}
          openId={place.open}
          keepDays={isTrash ? keepDays : undefined}
          onSelect={select}
          onOpen={onOpen}
          onCommand={command}
          menu={(some) =>
            memoryMenu({ ids: some, isTrash, onTag: askForTag, onPurge: askToPurge, onOpen, saidKeys })
          }
        />
      )}
      {selection.ids.size > 1 && (
        <BulkBar
          ids={ids}
          total={outline.length}
          isTrash={isTrash}
          onAll={() => select(everything(outline, selection))}
          onNone={() => select(noSelection)}
          onTag={() => askForTag(ids)}
          onPurge={() => askToPurge(ids)}
        />
      )}
    </>
  );
}

/** What is chosen, over the changes of the list and for when one comes back to it. */
function useSelection(
  name: string,
  outline: Outline,
  open: string | undefined,
  onGone: (neighbour: string | undefined) => void,
  /** All of it comes at once. */
  isWhole: boolean,
) {
  const [selection, setSelection] = useState(() => including(leftAt(name).selection, open));
  const [opened, setOpened] = useState(open);
  const before = useRef({ name, outline });

  useEffect(() => {
    const { name: nameBefore, outline: was } = before.current;
    before.current = { name, outline };
    if (was === outline) return;
    // Another search: what was chosen in the one before is nothing to it.
    if (nameBefore !== name) {
      setSelection(
        including(
          leftAt(name).selection,
          open !== undefined && outline.indexOf(open) >= 0 ? open : undefined,
        ),
      );
      return;
    }
    // It has only just been read, and of a search there may be more to come.
    if (was.length === 0 && !isWhole) return;
    // What was chosen in it the last time may not be there any more.
    const next =
      was.length === 0
        ? including(keptIn(selection, outline, outline), open)
        : keptIn(selection, outline, was);
    if (next !== selection) setSelection(next);
    const hasGone = open !== undefined && was.indexOf(open) >= 0 && outline.indexOf(open) < 0;
    if (hasGone) onGone(next.cursor);
  }, [name, outline, selection, open, onGone, isWhole]);

  useEffect(
    () => remember(name, { ...leftAt(name), selection }),
    // By its name alone it is another list, in which not this is chosen.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- See above.
    [selection],
  );

  // What was opened from elsewhere is where the keyboard goes on.
  if (opened !== open) {
    setOpened(open);
    setSelection(including(selection, open));
  }

  return { selection, select: (next: Selection) => setSelection(next) };
}

const including = (selection: Selection, open: string | undefined): Selection =>
  open === undefined || selection.ids.has(open) || selection.ids.size > 1 ? selection : only(open);
