/** How many of the firm's people must say yes. */
export const eyes = 2

/** A yes of `s` counts as long as who said it works here: looked at when it counts, not when it was said. */
export const counts = `s.kind <> 'client' and s.blocked_at is null`

/**
 * Whether only administrators decide over the account `a`: over one of theirs, where the firm has enough others of them
 * to say yes. Else its only administrator, or one of two, could never come back. A piece for any statement.
 */
export const adminsDecide = `(a.kind = 'admin' and ${eyes} <= (select count(*) from account other
  where other.kind = 'admin' and other.id <> a.id and other.activated_at is not null and other.blocked_at is null))`
