/**
 * Whether an enhanced status code (RFC 3463) says that the address itself does not work: other permanent failure, bad
 * address or mailbox, no such host. Not one about the sender (5.1.7 to 5.1.9), about our server's rights (5.7) or about
 * what the mail says (5.6): those are no fault of who it was for.
 */
export const addressFails = (status: string): boolean => /^5\.(0\.|1\.(?![789]$)|2\.|4\.4$)/.test(status)

/** Replies to RCPT that are about the mailbox, of a server that gives no enhanced code (RFC 5321 §4.2.3). */
const aboutMailbox = [550, 551, 553]

/** Whether a server's refusal of a recipient is about that address, and not about mail from us to anybody. */
export function refusesAddress(code: number, reply: string): boolean {
  const status = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(reply)?.[1]
  return status ? addressFails(status) : aboutMailbox.includes(code) && !/relay/i.test(reply)
}
