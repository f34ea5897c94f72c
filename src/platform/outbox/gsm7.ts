/** 3GPP TS 23.038, default alphabet and its extension table. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENSION = '\f^{}\\[~]|€'
const ALPHABET = new Set(BASIC + EXTENSION)

/** True when every character can be sent in 7 bits; otherwise the SMS goes as UCS-2, with room for less than half. */
export function fitsGsm7(text: string): boolean {
  return [...text].every((character) => ALPHABET.has(character))
}
