import { build, Platform } from 'electron-builder';
import { electronDir, root } from '../places.mjs';
import { hostArch } from './unpacked-app.ts';

/**
 * What electron-builder makes with programs that it downloads, each pinned in it by its hash. One that cannot be had
 * does not keep the others from being made.
 *
 * @param prepackaged the app that has been laid out already
 * @param targets those of electron-builder.yml for this system, when none are named
 * @returns what could not be made, each with its reason
 */
export async function makeByElectronBuilder(
  prepackaged?: string,
  targets: readonly string[] = targetsHere(),
): Promise<string[]> {
  const notMade: string[] = [];
  for (const target of targets) {
    try {
      await build({
        projectDir: root,
        targets: Platform.current().createTarget(target, hostArch()),
        publish: 'never',
        ...(prepackaged === undefined ? {} : { prepackaged }),
        config: { electronDist: electronDir },
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      notMade.push(`${target} (${firstLine(why)})`);
    }
  }
  return notMade;
}

function targetsHere(): string[] {
  return process.platform === 'darwin' ? ['dmg', 'zip'] : ['nsis', 'portable'];
}

const firstLine = (text: string) =>
  text
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim()
    .slice(0, 200) ?? 'no reason was given';
