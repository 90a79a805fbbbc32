import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/**
 * Switches in the program file itself, which no argument or variable can turn back. All are decided here; one that
 * a newer Electron adds makes packaging stop until it is.
 *
 * @type {Record<FuseV1Options, boolean>}
 */
const decided = {
  // Otherwise any program could run its own code under Loci's name and signature.
  [FuseV1Options.RunAsNode]: false,
  // There are no cookies, and on macOS this alone makes the system ask for the keychain at the first start.
  [FuseV1Options.EnableCookieEncryption]: false,
  // As with RunAsNode: NODE_OPTIONS can load code.
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  // As with RunAsNode: an inspector can run code. Tests of the package go by the page instead.
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // The archive is compared with its hash in the program. macOS and Windows; Linux has no place for the hash.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  // Or a folder put beside the archive would be run in its place.
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  // We ship no start-up snapshot of our own.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // Our page comes from app://; file:// has no use here.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Electron's default. On macOS the model runs as WebAssembly, and bounds are checked by traps at no cost.
  [FuseV1Options.WasmTrapHandlers]: true,
};

const isNumber = (/** @type {string} */ key) => /^\d+$/.test(key);

/**
 * @param {string} program Electron's executable
 * @param {{ isMac: boolean }} of
 */
export async function setFuses(program, { isMac }) {
  const wire = await getCurrentFuseWire(program);
  const present = Object.keys(wire).filter(isNumber);
  const undecided = present.filter((key) => !(key in decided));
  if (undecided.length > 0)
    throw new Error(`This Electron has fuses that nobody has decided on: number ${undecided.join(', ')}.`);
  const config = Object.fromEntries(Object.entries(decided).filter(([key]) => present.includes(key)));
  await flipFuses(program, {
    version: FuseVersion.V1,
    // Changing the file breaks the signature that Electron comes with, and Apple's processors run nothing unsigned.
    resetAdHocDarwinSignature: isMac,
    ...config,
  });
}

/** What is in a program, by name: `{ RunAsNode: false, … }`. @param {string} program */
export async function readFuses(program) {
  const wire = await getCurrentFuseWire(program);
  return Object.fromEntries(
    Object.entries(wire)
      .filter(([key]) => isNumber(key))
      // The characters '0' and '1' of the wire.
      .map(([key, state]) => [FuseV1Options[Number(key)], Number(state) === 0x31]),
  );
}

/** What should be: a test compares. @returns {Record<string, boolean>} */
export function wantedFuses() {
  return Object.fromEntries(Object.entries(decided).map(([key, on]) => [FuseV1Options[Number(key)], on]));
}
