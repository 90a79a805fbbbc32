/** By the entry in the way one came, how far down one was there: what is opened anew begins at its top. */
const offsets = new Map<string, number>();
const mostKept = 100;
/** What a page shows may come a little after the page. */
const patienceMs = 2_000;

/** For the element that scrolls a page, from its first moment to its last: who comes back to a page is where one was. */
export function keepScroll(element: HTMLElement): () => void {
  const key = window.navigation.currentEntry?.key ?? '';
  const wanted = offsets.get(key) ?? 0;
  const observer = new ResizeObserver(goThere);
  let isThere = wanted === 0;
  const patience = isThere ? undefined : setTimeout(giveUp, patienceMs);

  function goThere(): void {
    if (isThere) return;
    element.scrollTo({ top: wanted, behavior: 'instant' });
    if (element.scrollTop >= wanted - 1) giveUp();
  }
  function giveUp(): void {
    isThere = true;
    clearTimeout(patience);
    observer.disconnect();
  }
  function note(): void {
    if (!isThere) return;
    offsets.delete(key);
    offsets.set(key, element.scrollTop);
    const [oldest] = offsets.keys();
    if (offsets.size > mostKept && oldest !== undefined) offsets.delete(oldest);
  }

  if (!isThere) for (const child of element.children) observer.observe(child);
  element.addEventListener('scroll', note, { passive: true });
  // Whoever scrolls by hand is where they want to be.
  element.addEventListener('wheel', giveUp, { passive: true });
  return () => {
    // Of the last frame nobody may have been told yet.
    note();
    giveUp();
    element.removeEventListener('scroll', note);
    element.removeEventListener('wheel', giveUp);
  };
}
