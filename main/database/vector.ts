import { type EntityProperty, Type } from '@mikro-orm/core';
import { fromSql } from 'pgvector';

/**
 * A column of pgvector's type `vector(n)`; n is the property's `length`. Float32Array on our side,
 * because that is what the model gives and what the server keeps: four bytes a number.
 */
export class VectorType extends Type<Float32Array | null, string | null> {
  override convertToDatabaseValue(value: Float32Array | null): string | null {
    return value && vectorLiteral(value);
  }

  override convertToJSValue(value: string | null): Float32Array | null {
    const numbers = fromSql(value);
    return Array.isArray(numbers) ? Float32Array.from(numbers) : null;
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
