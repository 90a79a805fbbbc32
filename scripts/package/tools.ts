import { apt, onPath } from '../set-up/system.mjs';
import { log } from '../set-up/log.mjs';

/** Beyond what development needs, by the program that is looked for. All from the system's own packages. */
const tools = {
  lintian: 'lintian',
  debootstrap: 'debootstrap',
  'desktop-file-validate': 'desktop-file-utils',
  ip: 'iproute2',
  rpmbuild: 'rpm',
  mksquashfs: 'squashfs-tools',
};

/**
 * Brings what making and trying packages needs, as root on Debian and its relatives; elsewhere says what would have
 * to be there.
 *
 * @returns in one line what is missing, if anything is
 */
export async function bringTools(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const missing = () => Object.entries(tools).flatMap(([program, name]) => (onPath(program) ? [] : [name]));
  if (missing().length === 0) return undefined;
  const command = `apt-get install -y --no-install-recommends ${missing().join(' ')}`;
  if (!onPath('apt-get')) return `${missing().join(', ')} (by this system's package manager)`;
  if (process.getuid?.() !== 0) return `sudo ${command}`;
  try {
    await apt(['update']);
    await apt(['install', '-y', '--no-install-recommends', ...missing()]);
  } catch (error) {
    log(String(error));
  }
  return missing().length === 0 ? undefined : command;
}
