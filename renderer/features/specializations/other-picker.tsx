import { useTexts } from '../../text/use-texts.ts';
import { Layers } from 'lucide-react';
import { useState } from 'react';
import { useSpecializations } from '../../api/specializations.ts';
import { showDialog } from '../../components/dialog-host.tsx';
import { Picker } from '../../components/picker.tsx';
import { shortModel } from './adapter-words.ts';
import { compare } from './specialization-menu.ts';

export function askForOther(id: string): void {
  showDialog((close) => <OtherPicker id={id} onClose={close} />);
}

/** With which other one it is compared: its own versions come first. */
function OtherPicker({ id, onClose }: { id: string; onClose: () => void }) {
  const texts = useTexts();
  const { rows = [] } = useSpecializations();
  const [typed, setTyped] = useState('');
  const own = rows.find((row) => row.id === id);
  const likeness = (row: (typeof rows)[number]): number =>
    Number(row.group !== null && row.group === own?.group) * 2 + Number(row.baseModel === own?.baseModel);
  const others = rows.filter((row) => row.id !== id).toSorted((a, b) => likeness(b) - likeness(a));
  return (
    <Picker
      title={texts.specializations.pick.otherTitle(own?.name ?? '')}
      label={texts.specializations.one}
      listLabel={texts.specializations.title}
      placeholder={texts.specializations.pick.otherPlaceholder}
      choices={others.map((row) => ({
        key: row.id,
        name: row.name,
        sign: <Layers size={14} strokeWidth={1.75} aria-hidden="true" />,
        aside: (
          <span className="picker__count">{row.baseModel === null ? '' : shortModel(row.baseModel)}</span>
        ),
        run: () => compare(id, row.id),
      }))}
      typed={typed}
      onType={setTyped}
      none={texts.specializations.pick.otherNone}
      onClose={onClose}
    />
  );
}
