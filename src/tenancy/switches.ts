import { z } from 'zod'
import type { Module } from './manifest.ts'
import type { Policy } from './policy.ts'

/** The choice of modules in `tenant.json`: `"modules": { "noticeboard": false }`. */
export const switches = (all: readonly Module[]) =>
  z
    .strictObject(Object.fromEntries(all.map((module) => [module.name, one(module)])))
    .optional()
    .describe('which modules this firm has; one that is not named here is on')

const one = ({ name, required }: Module) =>
  required
    ? z.literal(true, `"${name}" is part of every portal and cannot be switched off; leave it out here`).optional()
    : z.boolean().optional()

/** Whether a firm has this module. */
export const isOn = ({ modules }: Pick<Policy, 'modules'>, { name }: Pick<Module, 'name'>): boolean =>
  modules?.[name] !== false
