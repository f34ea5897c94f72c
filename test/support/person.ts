/** Somebody in front of the portal, whatever they look at it with. What they see decides what they can do. */
export interface Person {
  /** Goes to an address: a path at the same firm, or a whole link. */
  go(address: string): Promise<void>
  /** Path of the page they are at. */
  at(): Promise<string>
  /** The last answer's status. */
  status(): number
  /** The words of the page's main part. */
  reads(): Promise<string>
  heading(): Promise<string>
  /** Whether there is something with this CSS selector on the page. */
  sees(selector: string): Promise<boolean>
  /** The words of the first thing with this selector. */
  words(selector: string): Promise<string>
  /** Types into fields by name; true and false tick and untick; a radio is chosen by its value. */
  fill(fields: Record<string, string | boolean>): Promise<void>
  /**
   * Presses a button: the main one of the page, the one with this value, or the one of the form that goes to this
   * address.
   */
  press(which?: string): Promise<void>
  /** Follows the link whose address begins like this, or the one with this selector. */
  follow(link: string): Promise<void>
  /** What is wrong, by field. */
  mistakes(): Promise<Record<string, string>>
  /** The picture with this selector, as PNG. */
  picture(selector: string): Promise<Buffer>
  back(): Promise<void>
  close(): Promise<void>
}
