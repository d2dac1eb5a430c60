import { checkAllPages } from './page-checks.ts'

checkAllPages('nl')
