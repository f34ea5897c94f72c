import type { z } from 'zod'
import type { Module } from './manifest.ts'

/**
 * A part of a firm's choices that is somebody's own: it stands in `tenant.json` under its key, and whoever owns it reads
 * it as `context.policy.of(fragment)`, with its full type.
 */
export interface Fragment<S extends z.ZodType = z.ZodType> {
  key: string
  /** What choices say that were published before there was this part; left out: the same as today's. */
  before?: z.output<S>
  /**
   * Where its value is a list of names, in whatever order, of things that may have had other names before: how to find
   * one.
   */
  names?(all: readonly Module[]): Names
  schema(all: readonly Module[]): S
}

/** Finds what has a name, or had it before. */
export interface Names {
  find(name: string): { name: string } | undefined
}

/**
 * A module's own choices. Every one has a default (`.prefault({})`) or is optional: a firm that never heard of the module
 * goes on. Stands in a file of its own that imports no routes.
 * @param schema or how it is made of what all modules say, such as a list of their widgets
 */
export const fragment = <S extends z.ZodType>(
  key: string,
  schema: S | ((all: readonly Module[]) => S),
  more: Pick<Fragment<S>, 'before' | 'names'> = {},
): Fragment<S> => ({
  ...more,
  key,
  schema: typeof schema === 'function' ? schema : () => schema,
})
