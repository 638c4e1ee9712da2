/** What has become of an invitation. */
import type { Invitation } from '@/api/links'

export type InvitationState = 'open' | 'accepted' | 'withdrawn' | 'expired'

export function stateOf(one: Invitation, now: number): InvitationState {
  if (one.accepted_at) return 'accepted'
  if (one.withdrawn_at) return 'withdrawn'
  return Date.parse(one.expires_at) > now ? 'open' : 'expired'
}
