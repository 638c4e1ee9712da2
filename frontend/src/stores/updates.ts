/** Whether a new version of the app waits, and when it may be offered. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { watchUpdates, type Updates } from '@/lib/updates'
import { useWorkoutStore } from './workout'

export const useUpdateStore = defineStore('updates', () => {
  const waiting = shallowRef<Updates | null>(null)
  const workouts = useWorkoutStore()
  /** Never in the middle of a set. */
  const offered = computed(() => waiting.value !== null && workouts.openSet === null)

  function watch(url: string): void {
    void watchUpdates(url, (updates) => (waiting.value = updates))
  }

  /** Until the next version, or the next visit. */
  function later(): void {
    waiting.value = null
  }

  return { waiting, offered, watch, later, takeOver: () => waiting.value?.takeOver() }
})
