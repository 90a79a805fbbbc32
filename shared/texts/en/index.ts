import { about } from './about.ts';
import { amounts } from './amounts.ts';
import { boot } from './boot.ts';
import { browse } from './browse.ts';
import { capture } from './capture.ts';
import { days } from './days.ts';
import { duplicates } from './duplicates.ts';
import { failures } from './failures.ts';
import { importance } from './importance.ts';
import { memory } from './memory.ts';
import { people } from './people.ts';
import { query } from './query.ts';
import { search } from './search.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { sidebar } from './sidebar.ts';
import { tags } from './tags.ts';
import { timeline } from './timeline.ts';
import { trash } from './trash.ts';
import { updates } from './updates.ts';

export const en = {
  about,
  amounts,
  boot,
  browse,
  capture,
  days,
  duplicates,
  failures,
  importance,
  memory,
  people,
  query,
  search,
  sessions,
  settings,
  sidebar,
  tags,
  timeline,
  trash,
  updates,
};
