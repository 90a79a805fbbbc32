import { Lottery, type Random } from './random.ts';

/** What memories are written from: abstracts, each with its title. */
export interface SourceText {
  readonly title: string;
  readonly text: string;
}

interface Topic {
  readonly title: string;
  readonly sentences: readonly string[];
}

export interface Writing {
  readonly title: string | null;
  readonly content: string;
}

/** How many sentences, and how often. Most memories are a line or two; a few are whole books. */
const lengths = [
  { share: 55, from: 1, to: 2 },
  { share: 30, from: 3, to: 6 },
  { share: 13.95, from: 7, to: 25 },
  { share: 1, from: 30, to: 80 },
  { share: 0.05, from: 200, to: 1_500 },
];
const longestTitle = 90;

/** Writes as people do: about one topic for a while, in real sentences, hence with words as unequally common as in life. */
export class Writer {
  readonly #random: Random;
  readonly #topics: readonly Topic[];
  readonly #byFame: Lottery;
  readonly #lengths = new Lottery(lengths.map(({ share }) => share));

  constructor(texts: readonly SourceText[], random: Random) {
    this.#random = random;
    this.#topics = texts
      .map(({ title, text }) => ({ title: shorten(title.normalize('NFC')), sentences: sentencesOf(text) }))
      .filter(({ title, sentences }) => title !== '' && sentences.length > 0);
    // Few topics come up again and again, most of them seldom.
    this.#byFame = new Lottery(this.#topics.map((_, rank) => 1 / Math.sqrt(rank + 1)));
  }

  chooseTopic(): number {
    return this.#byFame.draw(this.#random);
  }

  titleOf(topic: number): string {
    return this.#topic(topic).title;
  }

  write(topic: number): Writing {
    const random = this.#random;
    const { from = 1, to = 1 } = lengths[this.#lengths.draw(random)] ?? {};
    const count = random.between(from, to);
    const content = count <= 2 ? this.#line(topic, count) : this.#paragraphs(topic, count);
    return { title: random.chance(count <= 2 ? 0.35 : 0.8) ? this.#title(topic) : null, content };
  }

  /** An earlier state of a text: shorter at its end, or without what had been put before it. */
  writeEarlier(content: string): string {
    const sentences = content.split(/(?<=[.!?]) /);
    if (sentences.length === 1) return `${content.slice(0, Math.ceil(content.length * 0.7)).trimEnd()} …`;
    const kept = this.#random.between(1, sentences.length - 1);
    return (this.#random.chance(0.7) ? sentences.slice(0, kept) : sentences.slice(-kept)).join(' ');
  }

  /** The topic's own, or the beginning of a sentence, as people shorten what they write about. */
  #title(topic: number): string {
    if (this.#random.chance(0.3)) return this.titleOf(topic);
    const words = this.#random.pick(this.#topic(topic).sentences).split(' ');
    return shorten(words.slice(0, this.#random.between(4, 9)).join(' '));
  }

  /** People put a word or two before a line they jot down; so there are not as few lines as sentences. */
  #line(topic: number, count: number): string {
    const line = this.#sentences(topic, count);
    if (!this.#random.chance(0.7)) return line;
    const words = this.titleOf(this.chooseTopic()).split(' ');
    const start = this.#random.between(0, Math.max(0, words.length - 3));
    return `${words.slice(start, start + this.#random.between(2, 3)).join(' ')}: ${line}`;
  }

  #paragraphs(topic: number, count: number): string {
    const paragraphs: string[] = [];
    for (let left = count, about = topic; left > 0; about = this.chooseTopic()) {
      const size = Math.min(left, this.#random.between(3, 8));
      paragraphs.push(this.#sentences(about, size));
      left -= size;
    }
    return paragraphs.join('\n\n');
  }

  /** Neighbours, as far as there are enough. */
  #sentences(topic: number, count: number): string {
    const { sentences } = this.#topic(topic);
    const start = this.#random.between(0, sentences.length - 1);
    const found = sentences.slice(start, start + count);
    while (found.length < count) found.push(this.#random.pick(this.#topic(this.chooseTopic()).sentences));
    return found.join(' ');
  }

  #topic(position: number): Topic {
    const topic = this.#topics[position];
    if (!topic) throw new Error('There is nothing to write about.');
    return topic;
  }
}

/** Words that stand in many titles, the commonest first, but not those that stand everywhere. */
export function commonWords(texts: readonly SourceText[], count: number): string[] {
  const titles = new Map<string, number>();
  for (const { title } of texts)
    for (const word of new Set(
      title
        .normalize('NFC')
        .toLowerCase()
        .match(/\p{L}{5,}/gu),
    ))
      titles.set(word, (titles.get(word) ?? 0) + 1);
  return [...titles]
    .filter(([, frequency]) => frequency < texts.length / 25)
    .toSorted(([a, frequencyOfA], [b, frequencyOfB]) => frequencyOfB - frequencyOfA || (a < b ? -1 : 1))
    .slice(0, count)
    .map(([word]) => word);
}

function sentencesOf(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/(?<=[.!?])\s+(?=\p{Lu})/u)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim())
    .filter((sentence) => sentence.length >= 20);
}

function shorten(title: string): string {
  const words = title.replace(/\.\s*$/, '').split(/\s+/);
  while (words.length > 1 && words.join(' ').length > longestTitle) words.pop();
  return words.join(' ').trim();
}
