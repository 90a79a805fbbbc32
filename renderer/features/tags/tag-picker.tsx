import { Combobox } from '@base-ui/react/combobox';
import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import type { CountedTag } from '../../../shared/schemas/tag.ts';
import { useOverview } from '../../api/overview.ts';
import { knownSummary } from '../../api/summaries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { formatCount, memoriesInWords } from '../../text/quantities.ts';
import { addTag, removeTag } from '../browse/memory-deeds.ts';
import { TagDot } from './tag-dot.tsx';
import './tag-picker.css';

interface TagPickerProps {
  /** The memories it is about. */
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** A tag that is there, or the one that would be made of what was typed. */
interface Choice {
  readonly key: string;
  readonly name: string;
  readonly tag: CountedTag | undefined;
}

/** Of so many, it is known which tags all of them have. */
const mostKnown = 200;

/** Puts memories under a tag, or takes one away that all of them have. */
export function TagPicker({ ids, onClose }: TagPickerProps) {
  const tags = useOverview()?.tags ?? [];
  const [typed, setTyped] = useState('');
  const common = useState(() => tagsOfAll(ids))[0];
  const name = typed.trim();
  const byUse = tags.toSorted((a, b) => rank(b, common) - rank(a, common));
  const choices: Choice[] = byUse.map((each) => ({ key: each.id, name: each.name, tag: each }));
  const isNew = name !== '' && !tags.some((each) => each.name.toLowerCase() === name.toLowerCase());

  return (
    <Dialog title={`Tag ${memoriesInWords(ids.length)}`} onClose={onClose}>
      {(close) => (
        <Combobox.Root
          inline
          open
          autoHighlight
          items={isNew ? [...choices, { key: 'new', name, tag: undefined }] : choices}
          itemToStringLabel={(choice: Choice) => choice.name}
          inputValue={typed}
          onInputValueChange={setTyped}
          value={null}
          onValueChange={(choice: Choice | null) => {
            if (!choice) return;
            close();
            if (!choice.tag) void addTag(ids, { name: choice.name });
            else if (common.has(choice.tag.id)) void removeTag(ids, choice.tag);
            else void addTag(ids, choice.tag);
          }}
        >
          <Combobox.Input
            className="tag-picker__input"
            placeholder="Find or make a tag"
            aria-label="Tag"
            dir="auto"
          />
          <Combobox.List className="tag-picker__list" aria-label="Tags">
            {(choice: Choice) => (
              <Combobox.Item key={choice.key} value={choice} className="tag-picker__tag">
                {choice.tag ? (
                  <TagDot colour={choice.tag.colour} />
                ) : (
                  <Plus size={14} strokeWidth={2} aria-hidden="true" />
                )}
                <bdi className="tag-picker__name">{choice.tag ? choice.name : `Make “${choice.name}”`}</bdi>
                {choice.tag && common.has(choice.tag.id) ? (
                  <span className="tag-picker__on">
                    <Check size={14} strokeWidth={2} aria-hidden="true" /> Take away
                  </span>
                ) : (
                  choice.tag && <span className="tag-picker__count">{formatCount(choice.tag.memories)}</span>
                )}
              </Combobox.Item>
            )}
          </Combobox.List>
          <Combobox.Empty className="tag-picker__empty">
            There are no tags yet: type the name of the first.
          </Combobox.Empty>
        </Combobox.Root>
      )}
    </Dialog>
  );
}

const rank = (tag: CountedTag, common: ReadonlySet<string>): number =>
  tag.memories + (common.has(tag.id) ? Number.MAX_SAFE_INTEGER / 2 : 0);

/** Nothing is taken away that is not known to be on all of them. */
function tagsOfAll(ids: readonly string[]): ReadonlySet<string> {
  if (ids.length > mostKnown) return new Set();
  let common: Set<string> | undefined;
  for (const id of ids) {
    const summary = knownSummary(id);
    if (!summary) return new Set();
    const own = new Set(summary.tagIds);
    common = common ? common.intersection(own) : own;
  }
  return common ?? new Set();
}
