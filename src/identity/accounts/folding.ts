/** Letters that Unicode does not take apart into a plain letter and a mark. */
const undivided: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

/** Signs people write for letters. 1, ! and | may be an i or an l, so i and l count as one letter. */
const signs: Record<string, string> = {
  0: 'o',
  1: 'i',
  '!': 'i',
  '|': 'i',
  l: 'i',
  2: 'z',
  3: 'e',
  '€': 'e',
  4: 'a',
  '@': 'a',
  5: 's',
  $: 's',
  6: 'g',
  9: 'g',
  7: 't',
  '+': 't',
  8: 'b',
  '(': 'c',
}

const swapped = (text: string, table: Record<string, string>): string =>
  Array.from(text, (letter) => table[letter] ?? letter).join('')

/**
 * The text without capitals, accents and width: "Zoë DE Vriés" becomes "zoe de vries".
 * For comparing only; what is shown and stored stays as it was written.
 */
export function fold(text: string): string {
  return swapped(text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase(), undivided)
}

/**
 * The folded text with signs and figures read as the letters they stand for: "L1nd3" and "linde" come out the same.
 * Compare the outcome only with another outcome of this function.
 */
export function foldSigns(text: string): string {
  return swapped(fold(text), signs)
}
