import { readFileSync } from 'node:fs'
import sharp from 'sharp'

/** A picture as mail programs show it. Width and height in CSS pixels; the bytes hold two of them for each. */
export interface Picture {
  png: Buffer
  width: number
  height: number
}

/** Dots for each CSS pixel, so that it is sharp on a good screen. */
const density = 2
/** SVG without a size of its own counts 96 dots an inch. */
const dotsAnInch = 96
/** A wide logo must still fit a narrow mail. */
const widest = 264

/**
 * A logo (SVG or PNG) as a PNG of this height, on this ground: mail programs show no SVG, and some turn what is
 * transparent black.
 * @param height in CSS pixels
 * @param ground a colour such as "#0b5f5a"
 * @throws Error naming the file when it is missing or no picture
 */
export async function logoPicture(
  file: string,
  { height, ground }: { height: number; ground: string },
): Promise<Picture> {
  try {
    const { data, info } = await sharp(readFileSync(file), { density: dotsAnInch * density * 2 })
      .resize({ width: widest * density, height: height * density, fit: 'inside' })
      .flatten({ background: ground })
      .png({ compressionLevel: 9, palette: true })
      .toBuffer({ resolveWithObject: true })
    return { png: data, width: Math.round(info.width / density), height: Math.round(info.height / density) }
  } catch (error) {
    throw new Error(`${file}: cannot be used as the logo in mails: ${(error as Error).message}`, { cause: error })
  }
}
