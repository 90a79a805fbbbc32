import { Combobox } from '@base-ui/react/combobox';
import { Dialog } from '@base-ui/react/dialog';
import { CalendarClock, ChevronRight, FileText, Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { MemorySummary } from '../../../shared/schemas/memory.ts';
import { loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { deedOf, runCommand } from '../../commands/deeds.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { palette } from './palette-shown.ts';
import { go } from '../../navigation/history.ts';
import { useTexts } from '../../text/use-texts.ts';
import { menuPlaceOf } from './menu-place.ts';
import './palette.css';
import { paletteGroups, whyNot, type PaletteEntry, type PaletteGroup } from './palette-entries.ts';
import { recentCommands, rememberCommand } from './recent-commands.ts';

const mostMemories = 30;

/** Everything that can be done, found by a few letters. */
export function Palette() {
  const texts = useTexts();
  const isOpen = palette.use();
  /** Done once this is gone, where one was before. */
  const chosen = useRef<() => void>(undefined);
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(opens) => opens || palette.close()}
      onOpenChangeComplete={(opens) => {
        if (opens) return;
        const run = chosen.current;
        chosen.current = undefined;
        // First the focus goes back to where it was: that decides what some of them are about.
        if (run) requestAnimationFrame(run);
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog__veil" />
        <Dialog.Popup className="palette" aria-label={texts.commands.palette.label}>
          <Choices
            onChoose={(run) => {
              chosen.current = run;
              palette.close();
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Choices({ onChoose }: { onChoose: (run: () => void) => void }) {
  const texts = useTexts();
  const [typed, setTyped] = useState('');
  const memories = useRecentMemories();
  const overview = useOverview();
  const groups = useMemo(
    () =>
      paletteGroups({
        typed,
        recent: recentCommands(),
        memories,
        sessions: overview?.sessions ?? [],
        canRun: (id) => deedOf(id) !== undefined,
      }),
    [typed, memories, overview?.sessions],
  );
  return (
    <Combobox.Root
      inline
      open
      autoHighlight
      highlightItemOnHover={false}
      items={groups}
      filter={null}
      itemToStringLabel={({ words }: PaletteEntry) => words}
      inputValue={typed}
      onInputValueChange={(value, { reason }) => {
        // What was chosen is done; its words are not what is looked for next.
        if (reason === 'input-change' || reason === 'input-clear') setTyped(value);
      }}
      value={null}
      onValueChange={(entry: PaletteEntry | null) => {
        if (entry && (entry.kind !== 'command' || entry.canRun)) onChoose(() => take(entry));
      }}
    >
      <Combobox.Input
        className="palette__input"
        placeholder={texts.commands.palette.placeholder}
        aria-label={texts.commands.palette.field}
        dir="auto"
      />
      <Combobox.List className="palette__list" aria-label={texts.commands.palette.label}>
        {(group: PaletteGroup) => (
          <Combobox.Group key={group.label} items={group.items} className="palette__group">
            <Combobox.GroupLabel className="palette__label">{group.label}</Combobox.GroupLabel>
            <Combobox.Collection>
              {(entry: PaletteEntry) => <Entry key={`${group.label} ${entry.key}`} entry={entry} />}
            </Combobox.Collection>
          </Combobox.Group>
        )}
      </Combobox.List>
    </Combobox.Root>
  );
}

function Entry({ entry }: { entry: PaletteEntry }) {
  const saidKeys = useSaidKeys();
  if (entry.kind !== 'command') {
    const Icon = entry.kind === 'memory' ? FileText : entry.kind === 'session' ? CalendarClock : Search;
    return (
      <Combobox.Item value={entry} className="palette__item">
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
        <bdi className="palette__words">{entry.words}</bdi>
      </Combobox.Item>
    );
  }
  const { id, canRun } = entry;
  const keys = saidKeys(id);
  return (
    <Combobox.Item value={entry} className="palette__item" disabled={!canRun}>
      <ChevronRight size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className="palette__words">{entry.words}</span>
      <span className="palette__aside">{canRun ? menuPlaceOf(id) : whyNot(id)}</span>
      {keys !== undefined && <kbd className="palette__keys">{keys}</kbd>}
    </Combobox.Item>
  );
}

function take(entry: PaletteEntry): void {
  switch (entry.kind) {
    case 'command':
      rememberCommand(entry.id);
      runCommand(entry.id);
      return;
    case 'memory':
      go({ view: { kind: 'memories' }, open: entry.thing });
      return;
    case 'session':
      go({ view: { kind: 'session', id: entry.thing } });
      return;
    case 'search':
      go({ view: { kind: 'memories' }, q: entry.typed });
  }
}

function useRecentMemories(): readonly MemorySummary[] {
  const [memories, setMemories] = useState<readonly MemorySummary[]>([]);
  useEffect(() => {
    let isGone = false;
    loci.memories.list({ limit: mostMemories }).then(
      (page) => isGone || setMemories(page.memories),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, []);
  return memories;
}
