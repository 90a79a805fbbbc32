import { amounts } from './amounts.ts';
import { boot } from './boot.ts';
import { days } from './days.ts';
import { people } from './people.ts';
import { settings } from './settings.ts';

export const en = { amounts, boot, days, people, settings };
