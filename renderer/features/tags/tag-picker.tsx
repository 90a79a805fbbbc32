import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import type { CountedTag } from '../../../shared/schemas/tag.ts';
import { useOverview } from '../../api/overview.ts';
import { knownSummary } from '../../api/summaries.ts';
import { Picker, type Choice } from '../../components/picker.tsx';
import { formatCount } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { addTag, removeTag } from '../browse/memory-deeds.ts';
import { TagDot } from './tag-dot.tsx';

interface TagPickerProps {
  /** The memories it is about. */
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** Of so many, it is known which tags all of them have. */
const mostKnown = 200;

/** Puts memories under a tag, or takes one away that all of them have. */
export function TagPicker({ ids, onClose }: TagPickerProps) {
  const texts = useTexts();
  const tags = useOverview()?.tags ?? [];
  const [typed, setTyped] = useState('');
  const common = useState(() => tagsOfAll(ids))[0];
  const name = typed.trim();
  const byUse = tags.toSorted((a, b) => rank(b, common) - rank(a, common));
  const choices = byUse.map((tag): Choice => {
    const isOnAll = common.has(tag.id);
    return {
      key: tag.id,
      name: tag.name,
      sign: <TagDot colour={tag.colour} />,
      aside: isOnAll ? (
        <span className="picker__on">
          <Check size={14} strokeWidth={2} aria-hidden="true" /> {texts.tags.picker.takeAway}
        </span>
      ) : (
        <span className="picker__count">{formatCount(tag.memories)}</span>
      ),
      run: () => void (isOnAll ? removeTag(ids, tag) : addTag(ids, tag)),
    };
  });
  const isNew = name !== '' && !tags.some((each) => each.name.toLowerCase() === name.toLowerCase());
  if (isNew) {
    choices.push({
      key: 'new',
      name,
      words: texts.tags.picker.make(name),
      sign: <Plus size={14} strokeWidth={2} aria-hidden="true" />,
      run: () => void addTag(ids, { name }),
    });
  }

  return (
    <Picker
      title={texts.tags.picker.title(ids.length)}
      label={texts.tags.picker.label}
      listLabel={texts.tags.title}
      placeholder={texts.tags.picker.placeholder}
      choices={choices}
      typed={typed}
      onType={setTyped}
      none={texts.tags.picker.none}
      onClose={onClose}
    />
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
