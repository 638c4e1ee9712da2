import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import * as account from '@/api/account'
import type { FactorKind } from '@/api/allauth'
import { getProfile, patchProfile } from '@/api/athlete'
import { ApiError } from '@/api/client'
import { belongTo, forgetCopies } from '@/api/copies'
import type { Profile, ProfileChange } from '@/api/types'
import { currentLanguage, setLanguage } from '@/i18n'
import { deviceTimeZone } from '@/lib/format'
import { unsubscribe } from '@/lib/push'
import { useNoticeStore } from './notices'

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

  /** Kinds of second factors of which one is asked for next; none: one is in. */
  async function signIn(credentials: account.Credentials): Promise<readonly FactorKind[]> {
    const kinds = await account.signIn(credentials)
    if (kinds.length === 0) await enter()
    return kinds
  }

  /** Called once the server has let one in. */
  const enter = async (): Promise<void> => accept(await askProfile())

  /** A new athlete starts with the language of the page and the time zone of the device. */
  async function signUp(credentials: account.NewAccount): Promise<void> {
    await account.signUp(credentials)
    await patchProfile({ language: currentLanguage(), time_zone: deviceTimeZone() })
    await accept(await askProfile())
  }

  async function signOut(): Promise<void> {
    // What is pushed to one user is not for whoever uses this browser next.
    await unsubscribe().catch(() => null)
    await account.signOut()
    await forgetCopies()
    forget()
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
    update,
    forget,
  }
})
