import type { Message, Transport } from './message.ts'

/** Hands the message to `keep` instead of sending it: the pages of the developer, and the letters staff print. */
export function createKeep(keep: (message: Message) => void | Promise<void>): Transport {
  return {
    async send(message) {
      await keep(message)
    },
  }
}
