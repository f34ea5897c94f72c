import ipaddr from 'ipaddr.js'

/** What limits count as one household or office: the first half of an IPv6 address (RFC 4291 2.5.4). In bits. */
const prefix = 64

/** A proxy may hand on the port with the address: "192.0.2.1:4711", "[2001:db8::1]:4711". */
const withPort = /^(?:\[(?<six>[^\]]+)\]|(?<four>[\d.]+))(?::\d{1,5})?$/

/** IPv4 in any of the clothes it wears inside IPv6: mapped (RFC 4291 2.5.5.2) or translated (RFC 6052). */
function asIPv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  return address.range() === 'rfc6052' ? new ipaddr.IPv4(address.toByteArray().slice(-4)) : null
}

/**
 * The network an address is in, as limits count it: an IPv4 address whole, of IPv6 the first 64 bits. Read before it is
 * cut, so that however an address is written it is one network; a zone id (RFC 4007) says nothing to anybody else.
 * @returns "192.0.2.1" or "2001:db8:0:0::/64"; '' for what is no address, which is one network too
 */
export function networkOf(text: string): string {
  const { six, four } = withPort.exec(text.trim())?.groups ?? {}
  const address = six ?? four ?? text.trim()
  if (!ipaddr.isValid(address)) return ''
  const read = ipaddr.parse(address)
  if (read instanceof ipaddr.IPv4) return read.toString()
  const inside = asIPv4(read)
  return inside
    ? inside.toString()
    : `${read.parts
        .slice(0, prefix / 16)
        .map((part) => part.toString(16))
        .join(':')}::/${prefix}`
}
