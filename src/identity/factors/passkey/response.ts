import { z } from 'zod'

/** Bytes as a browser writes them down (RFC 4648 §5). */
const bytes = (most: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(most)
const credential = { id: bytes(1400), rawId: bytes(1400), type: z.literal('public-key') }
const clientData = bytes(4000)

/** What a passkey signed (AuthenticationResponseJSON); what we have no use for is left out. */
const signed = z.object({
  ...credential,
  response: z.object({ clientDataJSON: clientData, authenticatorData: bytes(4000), signature: bytes(8000) }),
})
/** A new passkey (RegistrationResponseJSON). */
const made = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: clientData,
    attestationObject: bytes(16_000),
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .default([]),
  }),
})

export type Signed = z.output<typeof signed>
export type Made = z.output<typeof made>

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Whatever a program sent in the browser's place: it fits no shape below.
    return null
  }
}

const read = <T>(shape: z.ZodType<T>, text: string): T | null => shape.safeParse(parsed(text)).data ?? null

/** Reads what the page's script sent; null for anything a browser would not send. Never throws. */
export const readSigned = (text: string): Signed | null => read(signed, text)
export const readMade = (text: string): Made | null => read(made, text)

const told = z.object({ challenge: bytes(500) })

/** The challenge that was signed, as the client data tell it; '' when they tell none. */
export function challengeIn({ response }: Signed | Made): string {
  return read(told, Buffer.from(response.clientDataJSON, 'base64url').toString('utf8'))?.challenge ?? ''
}
