export const adapterFormats = ['safetensors', 'gguf', 'pytorch', 'other'] as const;
export type AdapterFormat = (typeof adapterFormats)[number];

/** `draft` has no adapter yet; `missing` and `changed` are about its file; `invalid` cannot be read as an adapter. */
export const specializationStatuses = ['draft', 'ready', 'missing', 'changed', 'invalid'] as const;
export type SpecializationStatus = (typeof specializationStatuses)[number];

/** What a memory is to a specialization. */
export const memoryRoles = ['training', 'reference'] as const;
export type MemoryRole = (typeof memoryRoles)[number];
