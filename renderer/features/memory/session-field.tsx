import { Combobox } from '@base-ui/react/combobox';
import { useEffect, useState } from 'react';
import type { Session } from '../../../shared/schemas/session.ts';
import { loci } from '../../api/loci.ts';
import { formatDay } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import './choice-list.css';
import './fact-button.css';

interface SessionFieldProps {
  readonly sessionId: string | null;
  readonly onChange: (id: string | null) => void;
}

type Choice = Pick<Session, 'id' | 'title' | 'startedAt'>;

/** In which session a memory belongs. */
export function SessionField({ sessionId, onChange }: SessionFieldProps) {
  const texts = useTexts();
  const none: Choice = { id: '', title: texts.memory.session.none, startedAt: '' };
  const [choices, setChoices] = useState<readonly Choice[]>();
  const [chosen, setChosen] = useState<Choice>();
  const shown = sessionId === null ? none : chosen?.id === sessionId ? chosen : undefined;

  useEffect(() => {
    if (sessionId === null) return undefined;
    let isGone = false;
    loci.sessions.find({ id: sessionId }).then(
      (found) => isGone || setChosen(found ?? undefined),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [sessionId]);

  async function load(): Promise<void> {
    try {
      const { sessions } = await loci.sessions.list({ limit: 200 });
      setChoices(sessions);
    } catch {
      // What is there already can still be chosen.
    }
  }

  return (
    <Combobox.Root
      items={[none, ...(choices ?? [])]}
      limit={60}
      value={shown ?? none}
      itemToStringLabel={({ title }: Choice) => title}
      isItemEqualToValue={(a: Choice, b: Choice) => a.id === b.id}
      onOpenChange={(open) => {
        if (open) void load();
      }}
      onValueChange={(choice: Choice | null, { reason, cancel }) => {
        // The primitive empties a field by Escape; ours only leaves it.
        if (reason === 'escape-key') cancel();
        if (!choice || reason === 'escape-key') return;
        setChosen(choice);
        onChange(choice.id === '' ? null : choice.id);
      }}
    >
      <Combobox.Trigger className="fact-button" aria-label={texts.memory.session.named(shown?.title ?? '…')}>
        <span className="fact-button__words" data-none={sessionId === null || undefined} dir="auto">
          {shown?.title ?? '…'}
        </span>
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner className="choice-list__place" sideOffset={4} align="start" collisionPadding={8}>
          <Combobox.Popup className="choice-list" aria-label={texts.memory.session.label}>
            <Combobox.Input
              className="choice-list__search"
              aria-label={texts.memory.session.find}
              placeholder={texts.memory.session.find}
            />
            <Combobox.Empty className="choice-list__none">{texts.memory.session.noneSo}</Combobox.Empty>
            <Combobox.List>
              {(choice: Choice) => (
                <Combobox.Item key={choice.id} value={choice} className="choice-list__item">
                  <span className="choice-list__words" dir="auto">
                    {choice.title}
                  </span>
                  <span className="choice-list__aside">
                    {choice.startedAt === '' ? '' : formatDay(choice.startedAt)}
                  </span>
                  <Combobox.ItemIndicator className="choice-list__mark">✓</Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
