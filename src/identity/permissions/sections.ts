import type { PersonContext } from '../../tenancy/context.ts'
import { shownSection, type Section, type SectionPlace, type ShownSection } from '../../tenancy/section.ts'
import { isOn } from '../../tenancy/switches.ts'
import { allow } from './permissions.ts'

/** What the modules of this firm show of somebody in this place, as far as this person may see it. */
export async function sectionsOf(
  context: PersonContext,
  place: SectionPlace,
  accountId: string,
): Promise<ShownSection[]> {
  const may = ({ permission }: Section) => !permission || allow(context, permission)
  const here = context.services.modules.all
    .filter((module) => isOn(context.policy, module))
    .flatMap(({ sections = [] }) => sections)
    .filter((each) => each.place === place && may(each))
  const found = await Promise.all(here.map(async (each) => ({ each, data: await each.data(context, accountId) })))
  return found.flatMap(({ each, data }) => (data ? [shownSection(each, data)] : []))
}
