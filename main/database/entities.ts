import { Setting } from '../settings/setting.entity.ts';
import { User } from '../users/user.entity.ts';

/** Every table of the library. A list, because the app is one bundled file: there is nothing to discover. */
export const entities = [User, Setting];
