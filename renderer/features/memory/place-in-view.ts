/** Where in the text writing begins when nobody pointed at a place: what is on the screen, or the end of what fits on it. */
export function placeInView(pane: HTMLElement | null): number | undefined {
  const scroller = pane?.querySelector('.memory__scroll');
  const text = scroller?.querySelector('.markdown');
  if (!scroller || !text || scroller.scrollHeight <= scroller.clientHeight + 1) return undefined;
  const top = scroller.getBoundingClientRect().top;
  for (const part of text.children) {
    if (part.getBoundingClientRect().bottom <= top) continue;
    const start = Number(part instanceof HTMLElement ? part.dataset['part'] : 0);
    for (const block of part.querySelectorAll<HTMLElement>('[data-from]')) {
      if (block.getBoundingClientRect().top >= top) return start + Number(block.dataset['from']);
    }
    return start;
  }
  return undefined;
}
