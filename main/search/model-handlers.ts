import type { Handlers } from '../../shared/ipc/define.ts';
import type { modelOperations } from '../../shared/ipc/operations/models.ts';
import type { ModelService } from './model-service.ts';

export function modelHandlers(models: ModelService): Handlers<{ models: typeof modelOperations }>['models'] {
  return {
    list: () => models.list(),
    preparations: () => models.preparations(),
    shipped: () => models.shipped(),
    choose: () => models.choose(),
    build: ({ token }) => models.build(token),
    switch: ({ id }) => models.switch(id),
    remove: ({ id }) => models.remove(id),
  };
}
