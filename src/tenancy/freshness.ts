/** How long somebody who showed who they are may see and change how they sign in, an ISO 8601 duration. */
export const freshFor = 'PT5M'
