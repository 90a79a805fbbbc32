import { useEffect, useState, type RefObject } from 'react';
import { loci } from '../../api/loci.ts';
import { piecesOf } from './hit-text.ts';
import './hit-marks.css';
import { placesIn } from './marked-places.ts';
import { useShownSearch } from './search-run.ts';
import { keyOfWish, typedOf, type SearchWish } from './search-wish.ts';

interface HitMarksProps {
  /** The memory that is read beside the hits. */
  readonly id: string;
  readonly pane: RefObject<HTMLElement | null>;
}

/** Of what is rendered, so much is gone through: whoever reads on beyond it has found what it is about. */
const mostText = 300_000;

interface Sought {
  readonly id: string;
  readonly words: readonly string[];
  readonly sentence: string | undefined;
}

/** Marks in the memory that is read what was searched for, without touching its text. */
export function HitMarks({ id, pane }: HitMarksProps) {
  const found = useShownSearch();
  const wish = found && found.hits.some(({ memory }) => memory.id === id) ? found.wish : undefined;
  const sought = useSought(wish, id);

  useEffect(() => {
    const element = pane.current;
    if (!element || !sought) return undefined;
    let frame = 0;
    let isShown = false;
    const mark = () => {
      frame = 0;
      const first = markIn(element, sought);
      if (!first || isShown) return;
      isShown = true;
      bringIntoView(first);
    };
    const later = () => {
      if (frame === 0) frame = requestAnimationFrame(mark);
    };
    const observer = new MutationObserver(later);
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    later();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      CSS.highlights.delete('search-match');
      CSS.highlights.delete('search-nearest');
    };
  }, [pane, sought]);
  return null;
}

/** What of the memory matches, as it stands in its text. */
function useSought(wish: SearchWish | undefined, id: string): Sought | undefined {
  const [sought, setSought] = useState<Sought & { readonly key: string }>();
  const key = wish && keyOfWish(wish);
  useEffect(
    () => {
      if (!wish || key === undefined) return undefined;
      let isGone = false;
      void Promise.all([
        loci.search.reasons({ ...typedOf(wish), ids: [id] }),
        loci.memories.read({ ids: [id] }),
      ])
        .then(([[reasons], [memory]]) => {
          if (isGone || !reasons || !memory) return;
          const { content } = memory;
          const words = new Set(reasons.content.map(({ start, end }) => content.slice(start, end)));
          const { sentence } = reasons;
          const plain =
            sentence &&
            piecesOf(content.slice(sentence.start, sentence.end), [])
              .map(({ text }) => text)
              .join('')
              .trim();
          setSought({ key, id, words: [...words], sentence: plain ?? undefined });
        })
        .catch(() => undefined);
      return () => {
        isGone = true;
      };
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- The key says all of the wish.
    [key, id],
  );
  return sought && sought.key === key && sought.id === id ? sought : undefined;
}

/** The first place that was marked. */
function markIn(pane: HTMLElement, { words, sentence }: Sought): Range | undefined {
  const text = pane.querySelector('.markdown');
  CSS.highlights.delete('search-match');
  CSS.highlights.delete('search-nearest');
  if (!text) return undefined;
  const nodes: { node: Text; start: number }[] = [];
  let whole = '';
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && whole.length < mostText; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    nodes.push({ node, start: whole.length });
    whole += node.data;
  }
  const { matches, nearest } = placesIn(whole, words, sentence);
  const rangeOf = ({ start, end }: { start: number; end: number }): Range | undefined => {
    const from = nodes.findLast((each) => each.start <= start);
    const to = nodes.findLast((each) => each.start < end);
    if (!from || !to) return undefined;
    const range = new Range();
    range.setStart(from.node, start - from.start);
    range.setEnd(to.node, end - to.start);
    return range;
  };
  const marked = matches.flatMap((place) => rangeOf(place) ?? []);
  const near = nearest && rangeOf(nearest);
  if (marked.length > 0) CSS.highlights.set('search-match', new Highlight(...marked));
  if (near) CSS.highlights.set('search-nearest', new Highlight(near));
  return near ?? marked[0];
}

function bringIntoView(range: Range): void {
  const scroller = range.startContainer.parentElement?.closest('.memory__scroll');
  if (!scroller) return;
  const [place, view] = [range.getBoundingClientRect(), scroller.getBoundingClientRect()];
  if (place.top >= view.top && place.bottom <= view.bottom) return;
  scroller.scrollBy({ top: place.top - view.top - view.height / 3, behavior: 'instant' });
}
