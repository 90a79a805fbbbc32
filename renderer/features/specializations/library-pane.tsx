import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { SpecializationRow } from '../../../shared/schemas/specialization-list.ts';
import { useSpecializations } from '../../api/specializations.ts';
import { useDeeds, type Deeds } from '../../commands/deeds.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { Actions } from '../../components/actions.tsx';
import { showDialog } from '../../components/dialog-host.tsx';
import { Notice } from '../../components/notice.tsx';
import { useIsLasting } from '../../components/use-is-lasting.ts';
import { currentPlace, go } from '../../navigation/history.ts';
import { keyOf, type Place } from '../../navigation/place.ts';
import { parts } from '../../text/parts.ts';
import { useTexts } from '../../text/use-texts.ts';
import { ofIds } from '../browse/outline.ts';
import { everything, noSelection, only } from '../browse/selection.ts';
import '../browse/list-pane.css';
import { AdapterList } from './adapter-list.tsx';
import { EmptyLibrary } from './empty-library.tsx';
import { LibraryBulkBar } from './library-bulk-bar.tsx';
import { LibraryHeading } from './library-heading.tsx';
import './library-pane.css';
import { inGroups, inOrder, useListChoices } from './list-choices.ts';
import { PurgeSpecializations } from './purge-specializations.tsx';
import { moveToTrash, restore } from './specialization-deeds.ts';
import { compare, specializationMenu } from './specialization-menu.ts';
import { SpecializationSearchField } from './specialization-search-field.tsx';
import { useSpecializationSearch, type SpecializationSearch } from './specialization-search.ts';
import { useChosen } from './use-chosen.ts';

interface LibraryPaneProps {
  readonly place: Place;
  readonly top: ReactNode;
  readonly onOpen: (id: string, isWish: boolean) => void;
  readonly onGone: (neighbour: string | undefined) => void;
  readonly onClose: () => void;
}

const slowAfterMs = 200;
const noRows: readonly SpecializationRow[] = [];

/** Every specialization there is, or those that are looked for. */
export function LibraryPane({ place, top, onOpen, onGone, onClose }: LibraryPaneProps) {
  const texts = useTexts();
  const saidKeys = useSaidKeys();
  const isTrash = place.view.kind === 'specialization-trash';
  const { rows: all, failure, retry } = useSpecializations(isTrash);
  const { layout, sorting, isGrouped } = useListChoices();
  const text = place.q === undefined ? undefined : isTrash ? `in:trash ${place.q}` : place.q;
  const search = useSpecializationSearch(text);
  const rows = useMemo(() => {
    if (text !== undefined) return search.found?.hits.map(({ specialization }) => specialization);
    const ordered = all && inOrder(all, sorting);
    return ordered && isGrouped ? inGroups(ordered) : ordered;
  }, [text, search.found, all, sorting, isGrouped]);
  const hits = useMemo(
    () => new Map(search.found?.hits.map((hit) => [hit.specialization.id, hit])),
    [search.found],
  );
  const outline = useMemo(() => ofIds((rows ?? []).map(({ id }) => id)), [rows]);
  const name = keyOf({ view: place.view, q: place.q });
  const isThere = text !== undefined && all?.some(({ id }) => id === place.open);
  const leaveIfGone = useCallback(
    // What is written about it may have it found no more: whoever writes stays.
    (neighbour: string | undefined) => isThere || onGone(neighbour),
    [isThere, onGone],
  );
  const [selection, select] = useChosen(name, outline, place.open, leaveIfGone);
  const isSlow = useIsLasting(rows === undefined && failure === undefined, slowAfterMs);
  const [entered, setEntered] = useState(0);
  const ids = [...selection.ids];
  const amiss = text === undefined && !isTrash ? missingOf(all ?? []) : 0;

  const enter = useCallback(() => {
    document.querySelector<HTMLElement>('.adapter-list')?.focus({ preventScroll: true });
    setEntered((before) => before + 1);
  }, []);
  // Whoever comes from the search bar begins at the first.
  const [enteredBefore, setEnteredBefore] = useState(entered);
  if (entered !== enteredBefore) {
    setEnteredBefore(entered);
    if (selection.cursor === undefined && outline.length > 0) select(only(outline.idAt(0)));
  }

  const askToPurge = (some: readonly string[]) =>
    showDialog((close) => <PurgeSpecializations ids={some} onClose={close} />);

  const commandPlace = isTrash ? 'adapterTrash' : 'adapters';
  useDeeds(commandPlace, ids.length === 0 ? {} : isTrash ? ofTrash() : ofLibrary());

  function ofTrash(): Deeds {
    return {
      'specialization.restore': () => void restore(ids),
      'specialization.purge': () => askToPurge(ids),
    };
  }

  function ofLibrary(): Deeds {
    const [first, second, ...more] = ids;
    const isPair = first !== undefined && second !== undefined && more.length === 0;
    return {
      'specialization.trash': () => void moveToTrash(ids),
      'specialization.compare': isPair ? () => compare(first, second) : undefined,
    };
  }

  function stepBack(): boolean {
    if (selection.ids.size > 1) select(selection.cursor === undefined ? noSelection : only(selection.cursor));
    else if (place.open !== undefined) onClose();
    else if (selection.ids.size > 0) select(noSelection);
    else if (place.q !== undefined) {
      const { q: _, ...now } = currentPlace();
      go(now);
    } else return false;
    return true;
  }

  const isEmpty = rows?.length === 0;
  return (
    <section className="list-pane library" aria-label={texts.specializations.title}>
      <div className="list-pane__top">
        {top}
        <SpecializationSearchField
          typed={place.q ?? ''}
          problems={text === undefined ? [] : (search.found?.problems ?? [])}
          rows={all ?? noRows}
          onEnterList={enter}
        />
      </div>
      <LibraryHeading
        isTrash={isTrash}
        isSearch={text !== undefined}
        rows={all}
        found={text === undefined ? undefined : search.found}
      />
      {failure !== undefined && (
        <div className="list-pane__notice">
          <Notice tone="danger" title={texts.specializations.list.unreadable}>
            <p>{failure}</p>
            <Actions actions={[{ label: texts.specializations.list.tryAgain, run: async () => retry() }]} />
          </Notice>
        </div>
      )}
      {text !== undefined && search.failure !== undefined && (
        <div className="list-pane__notice">
          <Notice tone="danger" title={texts.specializations.list.searchFailed}>
            <p>{search.failure}</p>
          </Notice>
        </div>
      )}
      {search.found !== undefined && text !== undefined && <Corrected found={search.found} place={place} />}
      {search.found?.nothingRelevant === true && !isEmpty && text !== undefined && (
        <p className="library__note">{texts.specializations.list.nearest}</p>
      )}
      {amiss > 0 && (
        <p className="library__note">
          {texts.specializations.list.missing(amiss)}{' '}
          <button
            type="button"
            className="text-button"
            onClick={() => go({ view: place.view, q: 'missing:yes' })}
          >
            {texts.specializations.list.showMissing(amiss)}
          </button>
        </p>
      )}
      {isSlow && (
        <div className="library__skeleton" aria-hidden="true">
          <span /> <span /> <span />
        </div>
      )}
      {isEmpty && <EmptyLibrary isTrash={isTrash} isSearch={text !== undefined} />}
      {rows !== undefined && !isEmpty && (
        <AdapterList
          label={isTrash ? texts.specializations.inTrash : texts.specializations.title}
          name={name}
          rows={rows}
          isGrouped={isGrouped && text === undefined}
          outline={outline}
          layout={layout}
          sorting={text === undefined ? sorting : null}
          selection={selection}
          openId={place.open}
          hits={hits}
          onSelect={select}
          onOpen={onOpen}
          commandPlace={commandPlace}
          onEscape={stepBack}
          menu={(some) => specializationMenu({ ids: some, isTrash, saidKeys, onOpen, onPurge: askToPurge })}
        />
      )}
      {selection.ids.size > 1 && (
        <LibraryBulkBar
          ids={ids}
          total={outline.length}
          isTrash={isTrash}
          onAll={() => select(everything(outline, selection))}
          onNone={() => select(noSelection)}
          onPurge={() => askToPurge(ids)}
        />
      )}
    </section>
  );
}

/** What was searched for instead, unless what was found by its meaning shows that the words were no slip. */
function Corrected({ found, place }: { found: NonNullable<SpecializationSearch['found']>; place: Place }) {
  const texts = useTexts();
  const { correctedTo, hits } = found;
  const isMeant = hits.some(({ isRelevant, matchedWords }) => isRelevant && matchedWords.length === 0);
  if (correctedTo.length === 0 || isMeant) return null;
  const q = correctedTo.reduce((text, { from, to }) => text.replace(from, () => to), place.q ?? '');
  return (
    <p className="library__note" role="status">
      {parts(
        texts.specializations.search.corrected(
          correctedTo.map(({ from }) => from),
          <button
            key="meant"
            type="button"
            className="text-button"
            onClick={() => go({ ...currentPlace(), q }, { replace: true })}
          >
            {correctedTo.map(({ to }) => to).join(', ')}
          </button>,
        ),
      )}
    </p>
  );
}

const missingOf = (rows: readonly SpecializationRow[]): number =>
  rows.filter(({ status }) => status === 'missing').length;
