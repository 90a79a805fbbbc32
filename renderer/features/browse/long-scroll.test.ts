import { expect, test } from 'vitest';
import { cutTo, LongScroll, mostPx, stretchAround } from './long-scroll.ts';

/** Scrolls as an element does: by whole pixels, and never beyond what is in it. */
class Element extends EventTarget {
  scrollTop = 0;
  readonly clientHeight = 600;
  readonly #height: number;

  constructor(height: number) {
    super();
    this.#height = height;
  }

  scrollTo({ top }: { top: number }): void {
    this.scrollTop = Math.round(Math.max(0, Math.min(top, this.#height - this.clientHeight)));
  }

  /** As somebody does with a wheel, or at the scroll bar. */
  move(top: number): void {
    this.scrollTo({ top });
    this.dispatchEvent(new Event('scroll'));
  }

  rest(): void {
    this.dispatchEvent(new Event('scrollend'));
  }
}

function opened(total: number) {
  const element = new Element(Math.min(total, mostPx));
  const scroll = new LongScroll();
  scroll.attach(element);
  scroll.setTotal(total);
  return { element, scroll };
}

const long = 40_000_000;

test('what fits on a page is scrolled as it is', () => {
  const { element, scroll } = opened(1_000_000);
  for (const top of [0, 700_000, 700_120, 999_400]) {
    element.move(top);
    element.rest();
    expect([scroll.offset, scroll.shift(), element.scrollTop]).toEqual([top, 0, top]);
  }
});

test('the ends and the middle of the scroll bar are those of the list, however long it is', () => {
  const { element, scroll } = opened(long);
  element.move(mostPx);
  expect(scroll.offset).toBe(long - 600);
  element.move(0);
  expect(scroll.offset).toBe(0);
  element.move((mostPx - 600) / 2);
  expect(scroll.offset).toBeCloseTo((long - 600) / 2, -1);
});

test('a wheel moves a long list as far as a short one, and at rest nothing moves', () => {
  const { element, scroll } = opened(long);
  scroll.scrollTo(20_000_000);
  for (let step = 1; step <= 50; step++) {
    element.move(element.scrollTop + 120);
    expect(scroll.offset).toBe(20_000_000 + step * 120);
  }
  element.rest();
  expect(scroll.offset).toBe(20_006_000);
  // The bar is where it belongs again.
  expect(element.scrollTop / mostPx).toBeCloseTo(20_006_000 / long, 2);
});

test('by the wheel alone one comes to either end, with steps as long as anywhere', () => {
  const { element, scroll } = opened(long);
  scroll.scrollTo(300_000);
  for (let left = 300_000 - 3_000; left >= 0; left -= 3_000) {
    element.move(element.scrollTop - 3_000);
    element.rest();
    expect(scroll.offset).toBe(left);
  }
  expect(element.scrollTop).toBe(0);

  scroll.scrollTo(long - 600 - 300_000);
  for (let left = 300_000 - 3_000; left >= 0; left -= 3_000) {
    element.move(element.scrollTop + 3_000);
    element.rest();
    expect(scroll.offset).toBe(long - 600 - left);
  }
  expect(element.scrollTop).toBe(mostPx - 600);
});

test('a wheel that is never at rest does not end with the element', () => {
  const { element, scroll } = opened(long);
  scroll.scrollTo(20_000_000);
  const steps = Math.ceil(20_000_000 / 3_500);
  for (let step = 0; step < steps + 40; step++) element.move(element.scrollTop - 3_500);
  expect(scroll.offset).toBe(0);
});

test('a list that becomes long, or short again, stays where it is', () => {
  const { scroll } = opened(5_000_000);
  scroll.scrollTo(3_000_000);
  scroll.setTotal(long);
  expect(scroll.offset).toBe(3_000_000);
  scroll.setTotal(5_000_000);
  expect([scroll.offset, scroll.shift()]).toEqual([3_000_000, 0]);
});

test('of a day with more memories than a page can be long, what is about here is drawn', () => {
  const day = { from: 64, to: long };
  expect(cutTo(stretchAround(20_050_000, long), day)).toEqual({ from: 19_900_000, to: 20_200_000 });
  expect(cutTo(stretchAround(0, long), day)).toEqual({ from: 64, to: 200_000 });
  expect(cutTo(stretchAround(500, 90_000), { from: 64, to: 90_000 })).toEqual({ from: 64, to: 90_000 });
  const elsewhere = { from: 500, to: 700 };
  expect(cutTo(stretchAround(20_050_000, long), elsewhere)).toBe(elsewhere);
});
