import type { MemoryComparison } from '../../../shared/schemas/memory.ts';
import { formatCount } from '../../text/quantities.ts';
import './word-diff.css';

type Parts = MemoryComparison['content'];

/** Around a change, so much of what did not change is shown. */
const context = 160;

/** What changed, word by word; long stretches in which nothing did are folded. */
export function WordDiff({ parts }: { parts: Parts }) {
  return (
    <div className="word-diff" dir="auto">
      {parts.map(({ kind, text }, at) => {
        if (kind === 'added') return <ins key={at}>{text}</ins>;
        if (kind === 'removed') return <del key={at}>{text}</del>;
        return <Same key={at} text={text} isFirst={at === 0} isLast={at === parts.length - 1} />;
      })}
    </div>
  );
}

function Same({ text, isFirst, isLast }: { text: string; isFirst: boolean; isLast: boolean }) {
  const before = isFirst ? '' : (/^[^]{0,160}\s/u.exec(text)?.[0] ?? '');
  const after = isLast ? '' : (/\s[^]{0,160}$/u.exec(text.slice(-context - 1))?.[0].trimStart() ?? '');
  const folded = text.length - before.length - after.length;
  if (folded < 120) return <span>{text}</span>;
  return (
    <>
      <span>{before}</span>
      <span className="word-diff__fold">{formatCount(folded)} characters unchanged</span>
      <span>{after}</span>
    </>
  );
}
