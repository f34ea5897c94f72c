/** The zeros of the figures people here have on their keyboards besides 0-9: Arabic, Persian, Devanagari, full width. */
const zeros = ['٠', '۰', '०', '０']

/** The text with all figures written as 0 to 9. Everything else stays as it is. */
export function plainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const zero = zeros.map((zero) => zero.codePointAt(0)!).findLast((zero) => zero <= digit.codePointAt(0)!)
    const value = zero === undefined ? -1 : digit.codePointAt(0)! - zero
    return value >= 0 && value <= 9 ? String(value) : digit
  })
}
