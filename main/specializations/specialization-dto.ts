import type { CountedSpecialization, Specialization } from '../../shared/schemas/specialization.ts';
import type { CountedSpecializationRow, SpecializationRow } from './specialization.repository.ts';

/** What a file says of itself may name paths as well, hence its configuration stays here. */
export function toSpecialization(row: SpecializationRow): Specialization {
  const { modelPath: _stays, adapterConfig: _staysToo, ...rest } = row;
  return rest;
}

export function toCountedSpecialization(row: CountedSpecializationRow): CountedSpecialization {
  const { modelPath: _stays, ...rest } = row;
  return rest;
}
