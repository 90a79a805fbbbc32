import { Combobox } from '@base-ui/react/combobox';
import { Plus, X } from 'lucide-react';
import { useMemo, useState, type Ref } from 'react';
import type { Tag, TagColour } from '../../../shared/schemas/tag.ts';
import { useTexts } from '../../text/use-texts.ts';
import './choice-list.css';
import './tag-field.css';

interface TagFieldProps {
  readonly tags: readonly Pick<Tag, 'name' | 'colour'>[];
  /** All there are, the most used first. */
  readonly known: readonly Pick<Tag, 'name' | 'colour'>[];
  readonly onChange: (names: string[]) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly isFixed?: boolean;
}

interface Choice {
  readonly name: string;
  readonly colour: TagColour | null;
  /** Is made when it is chosen. */
  readonly isNew: boolean;
}

/** The tags of a memory: those it has, and a place to write the next. */
export function TagField({ tags, known, onChange, inputRef, isFixed = false }: TagFieldProps) {
  const texts = useTexts();
  const [typed, setTyped] = useState('');
  const wanted = typed.replaceAll(/\s+/g, ' ').trim();
  const chosen = useMemo(() => tags.map(({ name, colour }) => ({ name, colour, isNew: false })), [tags]);
  const choices = useMemo<Choice[]>(() => {
    const all = known.map(({ name, colour }) => ({ name, colour, isNew: false }));
    const there = new Set([...all, ...chosen].map(({ name }) => name.toLocaleLowerCase()));
    const isNew = wanted !== '' && wanted.length <= 100 && !there.has(wanted.toLocaleLowerCase());
    return isNew ? [...all, { name: wanted, colour: null, isNew }] : all;
  }, [known, chosen, wanted]);

  if (isFixed) {
    return (
      <ul className="tags" aria-label={texts.memory.tags.label}>
        {tags.map(({ name, colour }) => (
          <li className="tag-chip" key={name}>
            <Dot colour={colour} />
            <span className="tag-chip__name" dir="auto">
              {name}
            </span>
          </li>
        ))}
      </ul>
    );
  }

  return (
    <Combobox.Root
      multiple
      items={choices}
      limit={60}
      value={chosen}
      inputValue={typed}
      autoHighlight
      itemToStringLabel={({ name }: Choice) => name}
      isItemEqualToValue={(a: Choice, b: Choice) => a.name === b.name}
      onInputValueChange={setTyped}
      onValueChange={(next: Choice[], details) => {
        // The primitive empties a field by Escape; ours only leaves it.
        if (details.reason === 'escape-key') {
          details.cancel();
          details.allowPropagation();
          return;
        }
        setTyped('');
        onChange(next.map(({ name }) => name));
      }}
    >
      <Combobox.Chips className="tags">
        {chosen.map((tag) => (
          <Combobox.Chip key={tag.name} className="tag-chip" aria-label={tag.name}>
            <Dot colour={tag.colour} />
            <span className="tag-chip__name" dir="auto">
              {tag.name}
            </span>
            <Combobox.ChipRemove className="tag-chip__remove" aria-label={texts.memory.tags.remove(tag.name)}>
              <X size={12} strokeWidth={2} aria-hidden="true" />
            </Combobox.ChipRemove>
          </Combobox.Chip>
        ))}
        <Combobox.Input
          ref={inputRef}
          className="tags__input"
          aria-label={texts.memory.tags.add}
          placeholder={chosen.length === 0 ? texts.memory.tags.addFirst : texts.memory.tags.addMore}
          dir="auto"
          maxLength={100}
          spellCheck={false}
          onKeyDown={(event) => {
            // A comma ends a name, as many are used to.
            if (event.key !== ',' || wanted === '') return;
            event.preventDefault();
            const same = choices.find(({ name }) => name.toLocaleLowerCase() === wanted.toLocaleLowerCase());
            setTyped('');
            onChange([...new Set([...tags.map(({ name }) => name), same?.name ?? wanted])]);
          }}
        />
      </Combobox.Chips>
      <Combobox.Portal>
        <Combobox.Positioner className="choice-list__place" sideOffset={4} align="start" collisionPadding={8}>
          <Combobox.Popup className="choice-list" aria-label={texts.memory.tags.label}>
            <Combobox.Empty className="choice-list__none">
              {wanted === '' ? texts.memory.tags.makeFirst : texts.memory.tags.hasIt}
            </Combobox.Empty>
            <Combobox.List>
              {(choice: Choice) => (
                <Combobox.Item key={choice.name} value={choice} className="choice-list__item">
                  {choice.isNew ? (
                    <Plus size={14} strokeWidth={2} aria-hidden="true" />
                  ) : (
                    <Dot colour={choice.colour} />
                  )}
                  <span className="choice-list__words" dir="auto">
                    {choice.isNew ? texts.memory.tags.make(choice.name) : choice.name}
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

function Dot({ colour }: { colour: TagColour | null }) {
  return <span className="tag-dot" data-colour={colour ?? undefined} aria-hidden="true" />;
}
