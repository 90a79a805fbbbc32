import { Ellipsis, Plus, Search } from 'lucide-react';
import { useState } from 'react';
import type { CountedTag } from '../../../shared/schemas/tag.ts';
import { useOverview } from '../../api/overview.ts';
import { Button } from '../../components/button.tsx';
import { ContextMenu } from '../../components/context-menu.tsx';
import { Menu } from '../../components/menu.tsx';
import { Page } from '../../components/page.tsx';
import { amongLinks } from '../../navigation/among-links.ts';
import { addressOfView } from '../../navigation/place.ts';
import { compareNames } from '../../text/formats.ts';
import { formatCount } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { TagDot } from './tag-dot.tsx';
import { makeTag, tagMenu } from './tag-menu.tsx';
import './tags-page.css';

type Order = 'name' | 'count';

const moveAmongTags = amongLinks('.tags-page__link');

/** Every tag, and how much is under it. */
export function TagsPage() {
  const texts = useTexts();
  const tags = useOverview()?.tags;
  const [typed, setTyped] = useState('');
  const [order, setOrder] = useState<Order>('name');
  const wanted = typed.trim().toLowerCase();
  const found = (tags ?? []).filter(({ name }) => name.toLowerCase().includes(wanted));
  const ordered = found.toSorted((a, b) =>
    order === 'name' ? compareNames(a.name, b.name) : b.memories - a.memories,
  );
  return (
    <Page title={texts.tags.title}>
      <div className="tags-page">
        <div className="tags-page__bar">
          <label className="tags-page__find">
            <Search size={16} strokeWidth={1.75} aria-hidden="true" />
            <input
              type="search"
              aria-label={texts.tags.find}
              placeholder={texts.tags.find}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
          <Button tone="quiet" onClick={() => setOrder(order === 'name' ? 'count' : 'name')}>
            {order === 'name' ? texts.tags.byName : texts.tags.byCount}
          </Button>
          <Button icon={Plus} onClick={makeTag}>
            {texts.tags.newTag}
          </Button>
        </div>
        {tags?.length === 0 && <p className="tags-page__empty">{texts.tags.none}</p>}
        {tags !== undefined && tags.length > 0 && found.length === 0 && (
          <p className="tags-page__empty">{texts.tags.noneSo}</p>
        )}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- The links in it are what is acted on; keys are a short cut. */}
        <ul className="tags-page__list" aria-label={texts.tags.title} onKeyDown={moveAmongTags}>
          {ordered.map((tag) => (
            <TagRow key={tag.id} tag={tag} />
          ))}
        </ul>
      </div>
    </Page>
  );
}

function TagRow({ tag }: { tag: CountedTag }) {
  const texts = useTexts();
  return (
    <ContextMenu label={tag.name} groups={() => tagMenu(tag)}>
      <li className="tags-page__tag">
        <a className="tags-page__link" href={addressOfView({ kind: 'tag', id: tag.id })} draggable={false}>
          <TagDot colour={tag.colour} />
          <bdi className="tags-page__name">{tag.name}</bdi>
          <span className="tags-page__count">{formatCount(tag.memories)}</span>
        </a>
        <Menu
          label={texts.tags.actionsFor(tag.name)}
          className="icon-button"
          align="end"
          groups={tagMenu(tag)}
        >
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
        </Menu>
      </li>
    </ContextMenu>
  );
}
