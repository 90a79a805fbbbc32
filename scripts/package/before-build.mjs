/**
 * Tells electron-builder that there are no packages for it to collect: the bundles hold what they use. Asked to, it
 * would find those of the checkout and pack them all.
 */
export default async function beforeBuild() {
  return false;
}
