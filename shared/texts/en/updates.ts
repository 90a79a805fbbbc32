export const updates = {
  impossible: 'This copy of Loci does not look for newer versions. They come the way it was installed.',
  look: 'Look for newer versions once a day',
  lookHint:
    'Off, Loci never uses the network. On, it asks one address for the newest version and tells nothing about you or what you wrote. Nothing is installed unasked.',
  lookNow: 'Look now',
  install: (version: string) => `Install ${version} and restart`,
  newest: 'This is the newest version.',
  checking: 'Looking…',
  downloading: (version: string, share: string) => `Downloading ${version}, ${share}`,
  ready: 'Your library is copied before the new version opens it.',
  installing: (version: string) => `Closing to install ${version}…`,
  unreachable: 'The place where newer versions are could not be reached. Try again later.',
  notGenuine: 'What came is not from the makers of Loci. It was not used; this version stays as it is.',
};
