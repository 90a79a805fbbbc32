import { useTexts } from '../../text/use-texts.ts';
import { ArrowLeft, Ellipsis, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { InspectedAdapter } from '../../../shared/schemas/adapter.ts';
import { useSpecializations, useInspected } from '../../api/specializations.ts';
import { Actions } from '../../components/actions.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import { Notice } from '../../components/notice.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { useIsLasting } from '../../components/use-is-lasting.ts';
import { isTyping } from '../../navigation/typing.ts';
import { formatCount, formatMoment } from '../../text/quantities.ts';
import { AdapterFacts } from './adapter-facts.tsx';
import { AdapterIntegrity } from './adapter-integrity.tsx';
import { AdapterState } from './adapter-state.tsx';
import { LinkedMemories } from './linked-memories.tsx';
import { paneMenu } from './pane-menu.ts';
import { SpecializationHead } from './specialization-head.tsx';
import { SpecializationHistory } from './specialization-history.tsx';
import { moveToTrash } from './specialization-deeds.ts';
import './specialization-pane.css';
import { SpecializationUse } from './specialization-use.tsx';

interface SpecializationPaneProps {
  readonly id: string;
  readonly onClose: () => void;
}

const slowAfterMs = 200;

/** One specialization: what its adapter is, its memories, and what it is used for. */
export function SpecializationPane({ id, onClose }: SpecializationPaneProps) {
  const texts = useTexts();
  const [inspected, refresh] = useInspected(id);
  const isSlow = useIsLasting(inspected.state === 'loading', slowAfterMs);
  switch (inspected.state) {
    case 'loading':
      return (
        <section className="specialization" aria-label={texts.specializations.one} aria-busy="true">
          {isSlow && (
            <div className="specialization__skeleton" aria-hidden="true">
              <span /> <span /> <span />
            </div>
          )}
        </section>
      );
    case 'failed':
      return (
        <section className="specialization specialization--alone" aria-label={texts.specializations.one}>
          <Notice tone="danger" title={texts.specializations.pane.unreadable}>
            <p>{inspected.reason}</p>
            <Actions
              actions={[
                { label: texts.specializations.pane.tryAgain, run: refresh },
                { label: texts.specializations.pane.close, run: async () => onClose() },
              ]}
            />
          </Notice>
        </section>
      );
    case 'there':
      return <OpenSpecialization inspected={inspected} onChanged={refresh} onClose={onClose} />;
  }
}

type Part = 'adapter' | 'memories' | 'use' | 'history';
/** Whoever goes from one to the next looks at the same of each. */
let lastPart: Part = 'adapter';

interface OpenSpecializationProps {
  readonly inspected: InspectedAdapter;
  readonly onChanged: () => Promise<void>;
  readonly onClose: () => void;
}

function OpenSpecialization({ inspected, onChanged, onClose }: OpenSpecializationProps) {
  const texts = useTexts();
  const { specialization, report } = inspected;
  const { id } = specialization;
  const isFixed = specialization.deletedAt !== null;
  const pane = useRef<HTMLElement>(null);
  const [part, setPart] = useState<Part>(lastPart);
  const { rows } = useSpecializations(isFixed);
  const row = rows?.find((each) => each.id === id);
  const versions = useMemo(
    () => (rows ?? []).filter((each) => each.id !== id && each.group !== null && each.group === row?.group),
    [rows, id, row?.group],
  );
  const memories = row && row.training + row.reference;

  // In a narrow window the list has gone, and with it what had the focus.
  useEffect(() => {
    if (document.activeElement === document.body) pane.current?.focus({ preventScroll: true });
  }, []);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (isTyping(event.target)) pane.current?.focus();
      else onClose();
    } else if (event.key === 'Delete' && !isTyping(event.target) && !isFixed) {
      event.preventDefault();
      void moveToTrash([id]);
    }
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Keys of what is inside, as in a list.
    <section
      className="specialization"
      aria-label={texts.specializations.one}
      tabIndex={-1}
      ref={pane}
      onKeyDown={onKeyDown}
    >
      <div className="specialization__bar" role="toolbar" aria-label={texts.specializations.one}>
        <span className="specialization__back">
          <IconButton
            label={texts.specializations.pane.back}
            icon={ArrowLeft}
            shortcut="Esc"
            onClick={onClose}
          />
        </span>
        <span className="specialization__space" />
        <Menu
          label={texts.specializations.pane.more}
          className="icon-button"
          align="end"
          groups={paneMenu(inspected)}
        >
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
        </Menu>
        <span className="specialization__close">
          <IconButton label={texts.specializations.pane.close} icon={X} shortcut="Esc" onClick={onClose} />
        </span>
      </div>
      <div className="specialization__page">
        <SpecializationHead specialization={specialization} isFixed={isFixed} onChanged={onChanged} />
        <AdapterState inspected={inspected} onChanged={onChanged} />
        <Tabs
          label={texts.specializations.pane.parts}
          chosen={part}
          onChoose={(value) => {
            lastPart = value;
            setPart(value);
          }}
          tabs={[
            {
              value: 'adapter',
              label: texts.specializations.pane.adapter,
              content: report ? (
                <>
                  <AdapterFacts report={report} />
                  <AdapterIntegrity inspected={inspected} report={report} />
                </>
              ) : (
                <p className="specialization__none">
                  {specialization.status === 'draft'
                    ? texts.specializations.pane.nothingYet
                    : texts.specializations.pane.nothingKnown}
                </p>
              ),
            },
            {
              value: 'memories',
              label: texts.specializations.pane.memories,
              count: memories ? formatCount(memories) : undefined,
              content: <LinkedMemories specialization={specialization} isFixed={isFixed} />,
            },
            {
              value: 'use',
              label: texts.specializations.pane.use,
              content: (
                <SpecializationUse
                  id={id}
                  hasAdapter={report !== null}
                  version={specialization.version}
                  memories={memories ?? 0}
                />
              ),
            },
            {
              value: 'history',
              label: texts.specializations.pane.history,
              content: <SpecializationHistory id={id} version={specialization.version} versions={versions} />,
            },
          ]}
        />
        <p className="specialization__foot">
          {texts.specializations.pane.added(formatMoment(specialization.createdAt))}
          {specialization.updatedAt !== specialization.createdAt &&
            texts.specializations.pane.changed(formatMoment(specialization.updatedAt))}
        </p>
      </div>
    </section>
  );
}
