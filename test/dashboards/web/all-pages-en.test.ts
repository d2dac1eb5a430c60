import { checkAllPages } from './page-checks.ts'

checkAllPages('en')
