import type { Message, Transport } from './message.ts'

/** Hands the message to `save` instead of sending it: the pages of the developer, and the letters staff print. */
export function createStoreTransport(save: (message: Message) => void | Promise<void>): Transport {
  return {
    async send(message) {
      await save(message)
    },
  }
}
