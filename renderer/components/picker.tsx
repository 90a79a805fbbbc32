import { Combobox } from '@base-ui/react/combobox';
import { useState, type ReactNode } from 'react';
import { Dialog } from './dialog.tsx';
import './picker.css';

/** Beyond these one types a letter more. */
const mostShown = 100;

export interface Choice {
  readonly key: string;
  /** What it is found by. */
  readonly name: string;
  /** As it is shown, if not by its name. */
  readonly words?: string;
  readonly sign: ReactNode;
  readonly aside?: ReactNode;
  readonly run: () => void;
}

interface PickerProps {
  readonly title: string;
  /** What one of them is: "Tag". */
  readonly label: string;
  readonly listLabel: string;
  readonly placeholder: string;
  readonly choices: readonly Choice[];
  readonly typed: string;
  readonly onType: (typed: string) => void;
  /** When there is none. */
  readonly none: string;
  readonly onClose: () => void;
}

/** One of many, found by typing a part of its name. */
export function Picker(props: PickerProps) {
  const { title, label, listLabel, placeholder, choices, typed, onType, none, onClose } = props;
  // News of the library would take the highlight from what Enter is about to choose.
  const [items, setItems] = useState(choices);
  if (!areSame(items, choices)) setItems(choices);
  return (
    <Dialog title={title} onClose={onClose}>
      {(close) => (
        <Combobox.Root
          inline
          open
          autoHighlight
          // The pointer lies where the menu was: what it happens to be over is not what Enter is about.
          highlightItemOnHover={false}
          items={items}
          limit={mostShown}
          itemToStringLabel={({ name }: Choice) => name}
          inputValue={typed}
          onInputValueChange={onType}
          value={null}
          onValueChange={(choice: Choice | null) => {
            if (!choice) return;
            close();
            choice.run();
          }}
        >
          <Combobox.Input className="picker__input" placeholder={placeholder} aria-label={label} dir="auto" />
          <Combobox.List className="picker__list" aria-label={listLabel}>
            {(choice: Choice) => (
              <Combobox.Item key={choice.key} value={choice} className="picker__choice">
                {choice.sign}
                <bdi className="picker__name">{choice.words ?? choice.name}</bdi>
                {choice.aside}
              </Combobox.Item>
            )}
          </Combobox.List>
          <Combobox.Empty className="picker__empty">{none}</Combobox.Empty>
        </Combobox.Root>
      )}
    </Dialog>
  );
}

const areSame = (some: readonly Choice[], others: readonly Choice[]): boolean =>
  some.length === others.length &&
  some.every(({ key, name, words }, at) => {
    const other = others[at];
    return key === other?.key && name === other.name && words === other.words;
  });
