import { de as vuetify } from 'vuetify/locale'
import { branches, type MessageTree } from '../../branches'

const files = import.meta.glob<MessageTree>('./*.json', { eager: true, import: 'default' })

export default { ...branches(files), $vuetify: vuetify as MessageTree }
