import { about } from './about.ts';
import { amounts } from './amounts.ts';
import { boot } from './boot.ts';
import { days } from './days.ts';
import { people } from './people.ts';
import { settings } from './settings.ts';
import { updates } from './updates.ts';

export const en = { about, amounts, boot, days, people, settings, updates };
