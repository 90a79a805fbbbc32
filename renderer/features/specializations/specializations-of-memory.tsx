import { useTexts } from '../../text/use-texts.ts';
import { Layers, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useAsked } from '../../api/asked.ts';
import { listen, loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { addressOf } from '../../navigation/place.ts';
import { link, roleInWords } from './specialization-deeds.ts';
import './specializations-of-memory.css';

interface SpecializationsOfMemoryProps {
  readonly id: string;
  /** As it was saved: another text is about something else. */
  readonly version: number;
  readonly isFixed: boolean;
}

/** Whoever goes through a list from one memory to the next does not stay for it. */
const restMs = 350;

/** The specializations a memory belongs to, or the one that is about the same; nothing where there is none. */
export function SpecializationsOfMemory({ id, version, isFixed }: SpecializationsOfMemoryProps) {
  const texts = useTexts();
  // Counted, to ask anew when any of them is linked or written about.
  const changes = useChanges();
  const { answer: known } = useAsked(`${id} ${version} ${changes}`, () => readOf(id), restMs);

  if (known?.id !== id) return null;
  const { own, best } = known;
  const suggested = best && !best.isLinked && !isFixed ? best : undefined;
  if (own.length === 0 && !suggested) return null;
  return (
    <section className="of-memory" aria-label={texts.specializations.title}>
      <h2 className="of-memory__title">
        {own.length > 0 ? texts.specializations.ofMemory.title : texts.specializations.ofMemory.suggested}
      </h2>
      <ul>
        {own.map((each) => (
          <li className="of-memory__one" key={each.id}>
            <SpecializationLink id={each.id} name={each.name} />
            <span className="of-memory__why">{roleInWords(each.role)}</span>
          </li>
        ))}
        {suggested && (
          <li className="of-memory__one">
            <SpecializationLink id={suggested.specialization.id} name={suggested.specialization.name} />
            <span className="of-memory__why" title={suggested.why}>
              {suggested.why}
            </span>
            <Button
              tone="quiet"
              icon={Plus}
              aria-label={texts.specializations.ofMemory.linkTo(suggested.specialization.name)}
              onClick={() => void link(suggested.specialization, [id], 'training')}
            >
              {texts.specializations.ofMemory.link}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}

async function readOf(id: string) {
  const [own, { best }] = await Promise.all([
    loci.specializations.ofMemory({ memoryId: id }),
    loci.specializations.recommend({ memoryId: id }),
  ]);
  return { id, own, best };
}

function useChanges(): number {
  const [changes, setChanges] = useState(0);
  useEffect(
    () =>
      listen('library:changed', ({ changes: all }) => {
        if (all.some(({ entity }) => entity === 'specialization')) setChanges((before) => before + 1);
      }),
    [],
  );
  return changes;
}

function SpecializationLink({ id, name }: { id: string; name: string }) {
  return (
    <a
      className="of-memory__name"
      href={addressOf({ view: { kind: 'specializations' }, open: id })}
      draggable={false}
    >
      <Layers size={14} strokeWidth={1.75} aria-hidden="true" />
      <bdi>{name}</bdi>
    </a>
  );
}
