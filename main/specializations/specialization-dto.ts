import type { CountedSpecialization, Specialization } from '../../shared/schemas/specialization.ts';
import { toldOf } from '../../shared/schemas/told.ts';
import type { CountedSpecializationRow, SpecializationRow } from './specialization.repository.ts';

/** What a file says of itself may name paths as well, hence its configuration stays here. */
export function toSpecialization(row: SpecializationRow): Specialization {
  const { modelPath: _stays, adapterConfig: _staysToo, problem, ...rest } = row;
  return { ...rest, problem: problem === null ? null : toldOf(problem) };
}

export function toCountedSpecialization(row: CountedSpecializationRow): CountedSpecialization {
  const { modelPath: _stays, problem, ...rest } = row;
  return { ...rest, problem: problem === null ? null : toldOf(problem) };
}
