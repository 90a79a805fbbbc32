import { useEffect, useState } from 'react';
import type { MemoryDto } from '../../../shared/schemas/memory.ts';
import { loci } from '../../api/loci.ts';

interface MemoryPaneProps {
  readonly id: string;
  /** Leaving it, by Escape or by going back. */
  readonly onClose: () => void;
  /** Another memory that it leads to. */
  readonly onOpen: (id: string) => void;
}

/** One memory, to read and to change. */
export function MemoryPane({ id }: MemoryPaneProps) {
  const [memory, setMemory] = useState<MemoryDto>();
  useEffect(() => {
    loci.memories.read({ ids: [id] }).then(
      ([found]) => setMemory(found),
      () => undefined,
    );
  }, [id]);
  return (
    <article>
      <h1 dir="auto">{memory?.title}</h1>
      <div dir="auto">{memory?.content}</div>
    </article>
  );
}
