import { textsNow } from '../../../shared/texts/index.ts';
import { useTexts } from '../../text/use-texts.ts';
import { useMemo } from 'react';
import type { Specialization, SpecializationChange } from '../../../shared/schemas/specialization.ts';
import { LociFailure } from '../../api/client.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { useSpecializations } from '../../api/specializations.ts';
import { TagField } from '../memory/tag-field.tsx';
import { offerUndo } from '../undo/undo.ts';
import { specializationsInWords } from './adapter-words.ts';
import { InlineField } from './inline-field.tsx';
import './specialization-head.css';

interface SpecializationHeadProps {
  readonly specialization: Specialization;
  readonly isFixed: boolean;
  readonly onChanged: () => Promise<void>;
}

type Wish = Pick<SpecializationChange, 'name' | 'domain' | 'description' | 'tags'>;

const fields = ['name', 'domain', 'description', 'tags'] as const;

/** What a person says of it: changed where it stands. */
export function SpecializationHead({ specialization, isFixed, onChanged }: SpecializationHeadProps) {
  const texts = useTexts();
  const { id, version, name, domain, description, tags } = specialization;
  const { rows } = useSpecializations();
  const ofMemories = useOverview()?.tags;
  const colours = useMemo(
    () => new Map((ofMemories ?? []).map((tag) => [tag.name.toLowerCase(), tag.colour])),
    [ofMemories],
  );
  const known = useMemo(() => {
    const names = new Map((rows ?? []).flatMap((row) => row.tags).map((tag) => [tag.toLowerCase(), tag]));
    for (const tag of ofMemories ?? []) names.set(tag.name.toLowerCase(), tag.name);
    return [...names].map(([key, tag]) => ({ name: tag, colour: colours.get(key) ?? null }));
  }, [rows, ofMemories, colours]);

  async function save(wish: Wish): Promise<string | undefined> {
    try {
      const { undoId } = await change(id, version, wish, specialization);
      const field = fields.find((each) => each in wish) ?? 'name';
      if (undoId !== null)
        offerUndo(
          () => textsNow().specializations.head.changed[field](wish.name ?? name),
          [undoId],
          specializationsInWords,
        );
      await onChanged();
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }

  return (
    <header className="specialization-head">
      <h2 className="only-read-out" dir="auto">
        {name}
      </h2>
      <InlineField
        label={texts.specializations.head.name}
        form="title"
        value={name}
        placeholder={texts.specializations.head.name}
        maxLength={200}
        isFixed={isFixed}
        onSave={(value) => save({ name: value })}
      />
      <InlineField
        label={texts.specializations.head.goodFor}
        form="line"
        value={domain}
        placeholder={texts.specializations.head.goodForExample}
        maxLength={200}
        isFixed={isFixed}
        onSave={(value) => save({ domain: value })}
      />
      <InlineField
        label={texts.specializations.head.description}
        form="text"
        value={description}
        placeholder={texts.specializations.head.descriptionExample}
        maxLength={20_000}
        isFixed={isFixed}
        onSave={(value) => save({ description: value })}
      />
      <TagField
        tags={tags.map((tag) => ({ name: tag, colour: colours.get(tag.toLowerCase()) ?? null }))}
        known={known}
        isFixed={isFixed}
        onChange={(names) => void save({ tags: names })}
      />
    </header>
  );
}

/** What main notes of the file meanwhile is no reason to refuse another name: only the same field changed elsewhere is. */
async function change(id: string, version: number, wish: Wish, seen: Specialization) {
  try {
    return await loci.specializations.update({ id, version, ...wish });
  } catch (error) {
    const now = currentOf(error);
    if (!now || now.version === version || now.deletedAt !== null) throw error;
    const isTouched = (['name', 'domain', 'description', 'tags'] as const).some(
      (field) => wish[field] !== undefined && JSON.stringify(now[field]) !== JSON.stringify(seen[field]),
    );
    if (isTouched) throw error;
    return loci.specializations.update({ id, version: now.version, ...wish });
  }
}

/** With a conflict, main says what it is now. */
function currentOf(error: unknown): Specialization | undefined {
  if (!(error instanceof LociFailure) || error.code !== 'conflict') return undefined;
  const { details } = error;
  const isOne =
    typeof details === 'object' && details !== null && 'version' in details && 'deletedAt' in details;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Main sends what it answers with otherwise.
  return isOne ? (details as Specialization) : undefined;
}
