import fc from 'fast-check'
import { expect, test } from 'vitest'
import { networkOf } from '../../src/platform/limits/network.ts'

const words = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 })
/** Not the ranges that carry an IPv4 address. */
const six = words.filter(([first, , , , , sixth]) => first !== 0x64 && sixth !== 0xffff)

/**
 * One address in many hands: every group whole, capitals, zeros in front, zeros left out, the end as IPv4, a zone, a
 * port.
 */
function spellings(groups: number[]): string[] {
  const plain = groups.map((group) => group.toString(16))
  const zeros = /(?:^|:)0(?::0)+(?:$|:)/.exec(plain.join(':'))
  const short = zeros ? plain.join(':').replace(zeros[0], '::') : plain.join(':')
  const four = [groups[6]! >> 8, groups[6]! & 255, groups[7]! >> 8, groups[7]! & 255].join('.')
  return [
    plain.join(':'),
    plain.map((group) => group.padStart(4, '0').toUpperCase()).join(':'),
    short,
    `${plain.slice(0, 6).join(':')}:${four}`,
    `${plain.join(':')}%eth0`,
    `[${short}]`,
    `[${plain.join(':')}]:4711`,
    ` ${short} `,
  ]
}

test('however an IPv6 address is written, and whatever its last 64 bits are, it is one network; another first half is another', () => {
  fc.assert(
    fc.property(six, six, (one, other) => {
      const neighbour = [...one.slice(0, 4), ...other.slice(4)]
      fc.pre(neighbour[5] !== 0xffff)
      expect(new Set([...spellings(one), ...spellings(neighbour)].map(networkOf)).size).toBe(1)
      expect(
        networkOf(one.map((group) => group.toString(16)).join(':')) ===
          networkOf(other.map((group) => group.toString(16)).join(':')),
      ).toBe(one.slice(0, 4).join() === other.slice(0, 4).join())
    }),
  )
})

test('zeros that are left out before the 64th bit are counted as zeros', () => {
  const inOne = Array.from({ length: 20 }, (_, n) => networkOf(`2001:db8::${(n + 1).toString(16)}:0:0:1`))
  expect(new Set(inOne), 'the fifth group is in the second half').toEqual(new Set(['2001:db8:0:0::/64']))
  expect(networkOf('2001:db8:0:1::1')).toBe('2001:db8:0:1::/64')
  expect(networkOf('2001:db8::1:0:0:0:1')).toBe('2001:db8:0:1::/64')
})

test('an IPv4 address is itself, also where it comes as IPv6', () => {
  fc.assert(
    fc.property(fc.ipV4(), (four) => {
      const [a, b, c, d] = four.split('.').map(Number) as [number, number, number, number]
      const [high, low] = [((a << 8) | b).toString(16), ((c << 8) | d).toString(16)]
      for (const text of [
        four,
        `::ffff:${four}`,
        `::FFFF:${high}:${low}`,
        `0:0:0:0:0:ffff:${high}:${low}`,
        `64:ff9b::${high}:${low}`,
        `[::ffff:${four}]:80`,
        `${four}:4711`,
      ]) {
        expect(networkOf(text), text).toBe(four)
      }
    }),
  )
})

test('what is no address is one network, and never throws', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !/^[\d.:a-fx\s[\]%]*$/i.test(text)),
      (text) => {
        expect(networkOf(text)).toBe('')
      },
    ),
  )
  for (const text of ['', '%', ':', '::1::2', '1.2.3.4.5', '[', 'unix:']) expect(networkOf(text), text).toBe('')
})
