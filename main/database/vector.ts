import { type EntityProperty, Type } from '@mikro-orm/core';

/**
 * A column of pgvector's type `vector(n)`; n is the property's `length`. Float32Array on our side,
 * because that is what the model gives and what the server keeps: four bytes a number.
 */
export class VectorType extends Type<Float32Array | null, string | null> {
  override convertToDatabaseValue(value: Float32Array | null): string | null {
    return value && vectorLiteral(value);
  }

  override convertToJSValue(value: string | null): Float32Array | null {
    return value === null ? null : Float32Array.from(JSON.parse(value) as number[]);
  }

  override getColumnType(property: EntityProperty): string {
    return `vector(${property.length})`;
  }

  override compareAsType(): string {
    return 'string';
  }
}

/** The text form of a vector, for queries that compare with one. */
export function vectorLiteral(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}
