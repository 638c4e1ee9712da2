import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'

const otherRooms = ['api', 'components', 'composables', 'router', 'stores', 'views', 'workers']

export default defineConfigWithVueTs(
  { ignores: ['dist', 'lab/dist', 'public', 'src/api/schema.d.ts'] },
  vue.configs['flat/recommended'],
  vueTsConfigs.strict,
  {
    rules: {
      'no-console': ['error', { allow: ['warn', 'error'] }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['build/**'], rules: { 'no-console': 'off' } },
  {
    name: 'posecoach/pose-is-plain',
    files: ['src/pose/**', 'src/discriminator/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['vue', 'vue-*', '@vue/*', '@vueuse/*', 'pinia', 'vuetify', 'vuetify/*'],
              message: 'src/pose and src/discriminator are plain TypeScript.',
            },
            {
              regex: `^(@|\\.\\.)/(.*/)?(${otherRooms.join('|')})(/|$)`,
              message: 'src/pose and src/discriminator import no other room.',
            },
          ],
        },
      ],
    },
  },
  {
    name: 'posecoach/workers-are-plain',
    files: ['src/workers/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['vue', 'vue-*', '@vueuse/*', 'pinia', 'vuetify'],
              message: 'A worker has no page: no Vue here.',
            },
          ],
        },
      ],
    },
  },
  prettier,
)
