interface RelatedMemoriesProps {
  readonly id: string;
  readonly onOpen: (id: string) => void;
}

/** What in the library is close to this memory: a place that is kept until search can say it. */
export function RelatedMemories(_props: RelatedMemoriesProps) {
  return null;
}
