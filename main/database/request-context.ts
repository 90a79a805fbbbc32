import { type MikroORM, RequestContext } from '@mikro-orm/core';

/**
 * Runs one request with an identity map of its own. The one place where such a context is opened:
 * the router calls it around every handler, and whatever works in the background around every step.
 */
export function withRequestContext<T>(orm: Pick<MikroORM, 'em'>, work: () => Promise<T>): Promise<T> {
  return RequestContext.create(orm.em, work);
}
