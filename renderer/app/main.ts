// Kept apart from everything else so that the first paint does not wait for it to be read.
void import('./open.tsx');
