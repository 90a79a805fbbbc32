import type { Handlers } from '../../shared/ipc/define.ts';
import type { libraryOperations } from '../../shared/ipc/operations/library.ts';
import type { LibraryService } from './library-service.ts';
import type { SampleLibrary } from './sample-library.ts';

export function libraryHandlers(
  library: LibraryService,
  sample: Pick<SampleLibrary, 'open' | 'remove'>,
): Handlers<{ library: typeof libraryOperations }>['library'] {
  return {
    report: () => library.report(),
    check: () => library.check(),
    rebuild: () => library.rebuild(),
    openSample: async () => {
      await sample.open();
      return undefined;
    },
    removeSample: async () => {
      await sample.remove();
      return undefined;
    },
  };
}
