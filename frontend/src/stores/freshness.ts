/** Whether what is shown is the server's word of now, or a copy from before it was out of reach. */
import { defineStore } from 'pinia'
import { readonly, ref } from 'vue'

export const useFreshnessStore = defineStore('freshness', () => {
  /** Time of the oldest copy shown, ISO 8601; null while the server answers. */
  const copiedAt = ref<string | null>(null)

  function note(time: string | null): void {
    if (time === null || copiedAt.value === null || time < copiedAt.value) copiedAt.value = time
  }

  return { copiedAt: readonly(copiedAt), note }
})
