import { Image, Link2 } from 'lucide-react';
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ComponentProps,
  type ComponentType,
  type HTMLAttributes,
  type MouseEvent,
} from 'react';
import Markdown, { type Components, type ExtraProps } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { loci } from '../../api/loci.ts';
import { useTexts } from '../../text/use-texts.ts';
import { keepLineBreaks } from './line-breaks.ts';
import { partsOf, type MarkdownPart } from './markdown-parts.ts';
import './markdown-text.css';

interface MarkdownTextProps {
  readonly text: string;
  /** A place in the text that was pointed at twice. */
  readonly onPoint?: (offset: number) => void;
}

/**
 * A text as it is meant. Markup that could run or fetch something stays what it is in the text: letters.
 * Nothing is asked from anywhere, and a link leaves by main, which asks first.
 */
export function MarkdownText({ text, onPoint }: MarkdownTextProps) {
  const parts = useMemo(() => partsOf(text), [text]);

  function point(event: MouseEvent<HTMLElement>): void {
    const offset = onPoint && offsetAt(event, text);
    if (offset !== undefined) onPoint?.(offset);
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- A way for the mouse; the keyboard has "e" and the button.
    <div className="markdown" dir="auto" onDoubleClick={point} onClick={followWithin}>
      {parts.length === 1 ? (
        <Part text={text} start={0} />
      ) : (
        parts.map((part) => <LatePart key={part.start} {...part} />)
      )}
    </div>
  );
}

function Part({ text, start }: MarkdownPart) {
  const texts = useTexts();
  return (
    <div data-part={start} className="markdown__part">
      <Markdown
        remarkPlugins={plugins}
        rehypePlugins={rehypePlugins}
        remarkRehypeOptions={{
          clobberPrefix: `part-${start}-`,
          footnoteLabelTagName: 'h3',
          footnoteLabel: texts.memory.markdown.footnotes,
          footnoteBackLabel: (note, again) =>
            texts.memory.markdown.backTo(again > 1 ? `${note + 1}-${again}` : String(note + 1)),
        }}
        components={components}
        urlTransform={(url) => url}
      >
        {text}
      </Markdown>
    </div>
  );
}

/** Keeps about its room until it comes near, and what it has shown from then on. */
function LatePart(part: MarkdownPart) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(part.start === 0);

  useEffect(() => {
    const element = place.current;
    if (!element || isNear) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setNear(true);
      },
      { rootMargin: '1200px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [isNear]);

  if (isNear) return <Part {...part} />;
  // Until then it is plain text: it can be read, found and copied, and takes hardly any time.
  return (
    <div className="markdown__waiting" data-part={part.start} ref={place}>
      {part.text}
    </div>
  );
}

const plugins: ComponentProps<typeof Markdown>['remarkPlugins'] = [
  [remarkGfm, { singleTilde: false }],
  keepLineBreaks,
];
const rehypePlugins: ComponentProps<typeof Markdown>['rehypePlugins'] = [notePlaces];

interface TreeNode {
  readonly type: string;
  readonly properties?: Record<string, unknown>;
  readonly children?: readonly TreeNode[];
  readonly position?: {
    readonly start: { readonly offset?: number };
    readonly end: { readonly offset?: number };
  };
}

/** Each element says from where in the text it is, so that editing begins where one points. */
function notePlaces() {
  return function note(node: TreeNode): void {
    const offset = node.position?.start.offset;
    if (node.type === 'element' && node.properties && offset !== undefined) {
      node.properties['dataFrom'] = offset;
    }
    node.children?.forEach(note);
  };
}

const components: Components = {
  a: MarkdownLink,
  img: MarkdownImage,
  input: MarkdownBox,
  table: MarkdownTable,
  // A memory has one title, and it is not in its text but above it.
  h1: plain('h3', 'markdown__h1'),
  h2: plain('h4', 'markdown__h2'),
  h3: plain('h5', 'markdown__h3'),
  h4: plain('h6', 'markdown__h3'),
  h5: plain('h6', 'markdown__h3'),
  h6: plain('h6', 'markdown__h3'),
  p: plain('p'),
  ol: directed('ol'),
  ul: directed('ul'),
  blockquote: directed('blockquote'),
  pre: MarkdownCode,
};

type Block = ComponentType<HTMLAttributes<HTMLElement> & ExtraProps>;

/** Its text finds its own direction by its style: with a `dir` it would be no part of what is around it. */
function plain(Name: 'h3' | 'h4' | 'h5' | 'h6' | 'p', className?: string): Block {
  return function Plain(props) {
    const { node: _inTree, ...rest } = props;
    return <Name {...(className === undefined ? {} : { className })} {...rest} />;
  };
}

/** Its numbers, or its line at the side, stand where its text begins. */
function directed(Name: 'ol' | 'ul' | 'blockquote'): Block {
  return function Directed(props) {
    const { node: _inTree, ...rest } = props;
    return <Name dir="auto" {...rest} />;
  };
}

function MarkdownCode(props: ComponentProps<'pre'> & ExtraProps) {
  const { node: _inTree, ...rest } = props;
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Scrolls sideways, so the keyboard must get to it.
  return <pre dir="ltr" tabIndex={0} {...rest} />;
}

/** A picture that is a link leads where the link does: there is no link within a link. */
const IsInLink = createContext(false);

const followable = /^(?:https?:\/\/|mailto:)/i;

function MarkdownLink(props: ComponentProps<'a'> & ExtraProps) {
  const { node: _inTree, href = '', children, ...rest } = props;
  const within = <IsInLink value={true}>{children}</IsInLink>;
  if (href.startsWith('#')) {
    return (
      <a {...rest} href={href} data-within="">
        {within}
      </a>
    );
  }
  const address = /^www\./i.test(href) ? `https://${href}` : href;
  // What cannot be followed is still part of the text.
  if (!followable.test(address)) {
    return (
      <span className="markdown__dead-link">
        {children} <span className="markdown__address">({href})</span>
      </span>
    );
  }
  return (
    <a
      {...rest}
      href={address}
      title={address}
      draggable={false}
      onClick={(event) => {
        event.preventDefault();
        void loci.app.openLink({ url: address }).catch(() => undefined);
      }}
      onAuxClick={(event) => event.preventDefault()}
    >
      {within}
    </a>
  );
}

const ownPicture = /^data:image\/(?:png|jpeg|gif|webp);base64,/i;

/** A picture that is in the text itself is shown; one from elsewhere would tell somebody that it is being looked at. */
function MarkdownImage({ src, alt = '' }: ComponentProps<'img'> & ExtraProps) {
  const texts = useTexts();
  const isInLink = useContext(IsInLink);
  const source = typeof src === 'string' ? src : '';
  if (ownPicture.test(source)) return <img className="markdown__picture" src={source} alt={alt} />;
  const label = alt === '' ? texts.memory.markdown.picture : alt;
  if (!followable.test(source) || !URL.canParse(source)) {
    return (
      <span className="markdown__image">
        <Image size={14} strokeWidth={1.75} aria-hidden="true" /> {label}{' '}
        <span className="markdown__address">({source.slice(0, 200)})</span>
      </span>
    );
  }
  const address = (
    <span className="markdown__address">{texts.memory.markdown.onHost(new URL(source).host)}</span>
  );
  if (isInLink)
    return (
      <span className="markdown__image">
        <Image size={14} strokeWidth={1.75} aria-hidden="true" /> {label} {address}
      </span>
    );
  return (
    <a
      className="markdown__image"
      href={source}
      title={source}
      draggable={false}
      onClick={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void loci.app.openLink({ url: source }).catch(() => undefined);
      }}
      onAuxClick={(event) => event.preventDefault()}
    >
      <Link2 size={14} strokeWidth={1.75} aria-hidden="true" /> {label} {address}
    </a>
  );
}

function MarkdownBox({ checked }: ComponentProps<'input'> & ExtraProps) {
  const texts = useTexts();
  return (
    <input
      type="checkbox"
      checked={checked}
      readOnly
      disabled
      aria-label={checked ? texts.memory.markdown.ticked : texts.memory.markdown.unticked}
    />
  );
}

function MarkdownTable(props: ComponentProps<'table'> & ExtraProps) {
  const texts = useTexts();
  const { node: _inTree, ...rest } = props;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Scrolls sideways, so the keyboard must get to it.
    <div className="markdown__table" tabIndex={0} role="group" aria-label={texts.memory.markdown.table}>
      <table {...rest} />
    </div>
  );
}

/** The address of the page is what is in view; a footnote, or a heading, is only further down. */
function followWithin(event: MouseEvent<HTMLElement>): void {
  const link = event.target instanceof Element ? event.target.closest('a[data-within]') : null;
  const name = link?.getAttribute('href')?.slice(1);
  if (!link || !name) return;
  event.preventDefault();
  const text = event.currentTarget;
  const wanted = decoded(name);
  const target =
    text.querySelector(`[id="${CSS.escape(wanted)}"]`) ??
    [...text.querySelectorAll('h3, h4, h5, h6')].find((heading) => nameOfHeading(heading) === wanted);
  target?.scrollIntoView({ block: 'center' });
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** As a table of contents calls it on the sites such texts come from: "getting-started". */
const nameOfHeading = ({ textContent }: Element): string =>
  textContent
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

/** About where in the text the word is that was pointed at. */
function offsetAt(event: MouseEvent, text: string): number | undefined {
  const { target } = event;
  if (!(target instanceof Element) || target.closest('a, input')) return undefined;
  const element = target.closest<HTMLElement>('[data-from]');
  const part = Number(target.closest<HTMLElement>('[data-part]')?.dataset['part'] ?? 0);
  const from = part + Number(element?.dataset['from'] ?? 0);
  const word = window.getSelection()?.toString().trim() ?? '';
  const at = word === '' ? -1 : text.indexOf(word, from);
  // A word that is far from its paragraph is another one.
  const reach = (element?.textContent.length ?? 0) * 2 + 200;
  return at >= 0 && at - from < reach ? at : from;
}
