import { about } from './about.ts';
import { actions } from './actions.ts';
import { activity } from './activity.ts';
import { adapters } from './adapters.ts';
import { amounts } from './amounts.ts';
import { boot } from './boot.ts';
import { browse } from './browse.ts';
import { capture } from './capture.ts';
import { commands } from './commands.ts';
import { days } from './days.ts';
import { dialogs } from './dialogs.ts';
import { duplicates } from './duplicates.ts';
import { failures } from './failures.ts';
import { firstSteps } from './first-steps.ts';
import { frame } from './frame.ts';
import { help } from './help.ts';
import { importance } from './importance.ts';
import { jobs } from './jobs.ts';
import { meaning } from './meaning.ts';
import { memory } from './memory.ts';
import { menus } from './menus.ts';
import { models } from './models.ts';
import { people } from './people.ts';
import { problems } from './problems.ts';
import { query } from './query.ts';
import { recipes } from './recipes.ts';
import { search } from './search.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { sidebar } from './sidebar.ts';
import { status } from './status.ts';
import { specializations } from './specializations.ts';
import { tags } from './tags.ts';
import { timeline } from './timeline.ts';
import { trash } from './trash.ts';
import { undo } from './undo.ts';
import { updates } from './updates.ts';

export const de = {
  about,
  actions,
  activity,
  adapters,
  amounts,
  boot,
  browse,
  capture,
  commands,
  days,
  dialogs,
  duplicates,
  failures,
  firstSteps,
  frame,
  help,
  importance,
  jobs,
  meaning,
  memory,
  menus,
  models,
  people,
  problems,
  query,
  recipes,
  search,
  sessions,
  settings,
  sidebar,
  status,
  specializations,
  tags,
  timeline,
  trash,
  undo,
  updates,
};
