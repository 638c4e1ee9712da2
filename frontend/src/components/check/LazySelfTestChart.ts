import { defineAsyncComponent, h } from 'vue'
import LoadingBlock from '@/components/LoadingBlock.vue'

/** The chart with its library, fetched when first shown: the words beside it need not wait. */
export default defineAsyncComponent({
  loader: () => import('./SelfTestChart.vue'),
  loadingComponent: () => h(LoadingBlock, { rows: 1, tall: true }),
  delay: 0,
})
