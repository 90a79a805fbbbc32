import { opened } from '../../components/opened.ts';

export const jobsShown = opened();
export const openJobs = jobsShown.open;
