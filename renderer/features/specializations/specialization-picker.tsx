import { useTexts } from '../../text/use-texts.ts';
import { Layers, Plus } from 'lucide-react';
import { useState } from 'react';
import { loci } from '../../api/loci.ts';
import { useSpecializations } from '../../api/specializations.ts';
import { showDialog } from '../../components/dialog-host.tsx';
import { Picker, type Choice } from '../../components/picker.tsx';
import { formatCount } from '../../text/quantities.ts';
import { attempt } from '../undo/undo.ts';
import { link } from './specialization-deeds.ts';

interface SpecializationPickerProps {
  readonly memoryIds: readonly string[];
  readonly onClose: () => void;
}

/** Links memories to a specialization, there or new: for it to learn from, unless one says otherwise there. */
function SpecializationPicker({ memoryIds, onClose }: SpecializationPickerProps) {
  const texts = useTexts();
  const { rows = [] } = useSpecializations();
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const choices = rows.map((row): Choice => ({
    key: row.id,
    name: row.name,
    sign: <Layers size={14} strokeWidth={1.75} aria-hidden="true" />,
    aside: <span className="picker__count">{formatCount(row.training + row.reference)}</span>,
    run: () => void link(row, memoryIds, 'training'),
  }));
  if (name !== '' && !rows.some((row) => row.name.toLowerCase() === name.toLowerCase()))
    choices.push({
      key: 'new',
      name,
      words: texts.specializations.pick.make(name),
      sign: <Plus size={14} strokeWidth={2} aria-hidden="true" />,
      run: () => void makeAndLink(name, memoryIds),
    });
  return (
    <Picker
      title={texts.specializations.pick.title(memoryIds.length)}
      label={texts.specializations.one}
      listLabel={texts.specializations.title}
      placeholder={texts.specializations.pick.placeholder}
      choices={choices}
      typed={typed}
      onType={setTyped}
      none={texts.specializations.pick.none}
      onClose={onClose}
    />
  );
}

export async function makeAndLink(name: string, memoryIds: readonly string[], domain = ''): Promise<void> {
  const made = await attempt(() => loci.specializations.create({ name, domain }));
  if (made) await link(made, memoryIds, 'training');
}

export function askForSpecialization(memoryIds: readonly string[]): void {
  showDialog((close) => <SpecializationPicker memoryIds={memoryIds} onClose={close} />);
}
