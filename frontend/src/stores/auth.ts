import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import * as account from '@/api/account'
import type { FactorKind } from '@/api/allauth'
import { getProfile, patchProfile } from '@/api/athlete'
import { ApiError } from '@/api/client'
import { belongTo, forgetCopies } from '@/api/copies'
import { signOutEverywhere as endSignIns } from '@/api/signIns'
import type { Profile, ProfileChange } from '@/api/types'
import { currentLanguage, setLanguage } from '@/i18n'
import { forgetPerson } from '@/lib/device'
import { deviceTimeZone } from '@/lib/format'
import { unsubscribe } from '@/lib/push'
import { useNoticeStore } from './notices'

/** Somebody is signed in in this browser. */
const CONFLICT = 409

export const useAuthStore = defineStore('auth', () => {
  const profile = ref<Profile | null>(null)
  const asked = ref(false)
  const signedIn = computed(() => profile.value !== null)
  const isCoach = computed(() => profile.value?.is_coach === true)
  /** Asked to set up a second factor before anything else. */
  const lacksFactor = computed(() => profile.value?.lacks_factor === true)
  const timeZone = computed(() => profile.value?.time_zone || deviceTimeZone())

  async function accept(next: Profile): Promise<void> {
    await setLanguage(next.language)
    profile.value = next
    asked.value = true
  }

  function forget(): void {
    profile.value = null
    asked.value = true
    useNoticeStore().clear()
    void forgetCopies()
  }

  /** What this device kept of another account is gone before this one is let in. */
  async function askProfile(): Promise<Profile> {
    const answer = await getProfile()
    return (await belongTo(answer.email)) ? answer : getProfile()
  }

  /** Who is here? @throws ApiError when the server cannot be asked. */
  async function load(): Promise<void> {
    try {
      await accept(await askProfile())
    } catch (error) {
      const signedOut = error instanceof ApiError && [401, 403].includes(error.status)
      if (!signedOut) throw error
      forget()
    }
  }

  /**
   * Does what lets somebody in, unless another tab has let them in meanwhile; whoever else it has let in goes first.
   * Null: they are in already.
   */
  async function unlessIn<T>(email: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ApiError && error.status === CONFLICT)) throw error
    }
    const there = await getProfile()
    if (there.email.toLowerCase() === email.toLowerCase()) return null
    await account.signOut()
    return work()
  }

  /** Kinds of second factors of which one is asked for next; none: one is in. */
  async function signIn(credentials: account.Credentials): Promise<readonly FactorKind[]> {
    const kinds = (await unlessIn(credentials.email, () => account.signIn(credentials))) ?? []
    if (kinds.length === 0) await enter()
    return kinds
  }

  /** Called once the server has let one in. */
  const enter = async (): Promise<void> => accept(await askProfile())

  /**
   * A new athlete starts with the language of the page and the time zone of the device. Once the account is made, a
   * network that fails must not look like a failed sign-up: the address would be taken at the next try.
   */
  async function signUp(credentials: account.NewAccount): Promise<void> {
    await unlessIn(credentials.email, () => account.signUp(credentials))
    try {
      await patchProfile({ language: currentLanguage(), time_zone: deviceTimeZone() })
    } catch {
      // The profile page can say it as well.
    }
    await enter()
  }

  async function signOut(): Promise<void> {
    // What is pushed to one user is not for whoever uses this browser next.
    await unsubscribe().catch(() => null)
    await account.signOut()
    await forgetCopies()
    forget()
  }

  /** In every browser, this one too. */
  async function signOutEverywhere(): Promise<void> {
    await endSignIns(true)
    await unsubscribe().catch(() => null)
    await forgetCopies()
    forget()
  }

  /** The account and what this device keeps of it; nothing is left to come back to. */
  async function erase(): Promise<void> {
    const email = profile.value?.email
    await account.eraseAccount()
    await unsubscribe().catch(() => null)
    forget()
    if (email) await forgetPerson(email)
  }

  async function update(change: ProfileChange): Promise<void> {
    await accept(await patchProfile(change))
    // So that this device, too, knows the change without the network.
    void getProfile().catch(() => undefined)
  }

  return {
    profile,
    asked,
    signedIn,
    isCoach,
    lacksFactor,
    timeZone,
    load,
    signIn,
    enter,
    signUp,
    signOut,
    signOutEverywhere,
    erase,
    update,
    forget,
  }
})
