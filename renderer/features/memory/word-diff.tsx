import type { MemoryComparison } from '../../../shared/schemas/memory.ts';
import { useTexts } from '../../text/use-texts.ts';
import './word-diff.css';

type Parts = MemoryComparison['content'];

/** Around a change, so much of what did not change is shown. */
const context = 160;

interface WordDiffProps {
  readonly parts: Parts;
  /** Of two texts side by side only this one, with what the other has not marked. */
  readonly side?: 'before' | 'after';
  readonly isWhole?: boolean;
}

/** What changed, word by word; long stretches in which nothing did are folded. */
export function WordDiff({ parts, side, isWhole = false }: WordDiffProps) {
  return (
    <div className="word-diff" dir="auto">
      {parts.map(({ kind, text }, at) => {
        if (kind !== 'same' && side !== undefined)
          return (side === 'before') === (kind === 'removed') ? <Own key={at} text={text} /> : null;
        if (kind === 'added') return <ins key={at}>{text}</ins>;
        if (kind === 'removed') return <del key={at}>{text}</del>;
        if (isWhole) return <span key={at}>{text}</span>;
        return <Same key={at} text={text} isFirst={at === 0} isLast={at === parts.length - 1} />;
      })}
    </div>
  );
}

/** Gaps at its ends belong to the words around it; where there is nothing else, they are what differs. */
function Own({ text }: { text: string }) {
  const [, before = '', words = '', after = ''] = /^(\s*)([^]*?)(\s*)$/u.exec(text) ?? [];
  if (words === '') return <mark>{text}</mark>;
  return (
    <>
      {before}
      <mark>{words}</mark>
      {after}
    </>
  );
}

function Same({ text, isFirst, isLast }: { text: string; isFirst: boolean; isLast: boolean }) {
  const texts = useTexts();
  const before = isFirst ? '' : (/^[^]{0,160}\s/u.exec(text)?.[0] ?? '');
  const after = isLast ? '' : (/\s[^]{0,160}$/u.exec(text.slice(-context - 1))?.[0].trimStart() ?? '');
  const folded = text.length - before.length - after.length;
  if (folded < 120) return <span>{text}</span>;
  return (
    <>
      <span>{before}</span>
      <span className="word-diff__fold">{texts.memory.unchanged(folded)}</span>
      <span>{after}</span>
    </>
  );
}
