/** A pointer that rests is told to have moved when what is below it changes; it points at nothing. */
export const isAtRest = ({
  movementX,
  movementY,
}: Readonly<Record<'movementX' | 'movementY', number>>): boolean => movementX === 0 && movementY === 0;
