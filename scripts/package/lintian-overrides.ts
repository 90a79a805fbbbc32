/**
 * Rules of Debian's own archive that a package from outside it cannot keep, each with why. lintian reads them from
 * the package; anything else that it finds is ours to mend.
 */
export const lintianOverrides = `# The server and Electron bring the libraries they were built and tested with, for every distribution alike.
loci: embedded-library *
loci: custom-library-search-path *
# They come built; stripping them would change what their lists of hashes pin.
loci: unstripped-binary-or-object *
# Chromium's helper, as its makers ship it: it builds the sandbox where an ordinary user may not.
loci: elevated-privileges *
`;
