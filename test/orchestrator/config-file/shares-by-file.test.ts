import { expect, test } from 'vitest'
import { readConfigFile } from '../../../orchestrator/config-file/read-config.ts'

const fileWith = (share: string) =>
  readConfigFile(`ontregel: 1
hospitals:
  - id: west
    name: Ziekenhuis West
    deployments:
      - id: west-invoices
        mode: off
        bot: invoices
        activity: finance
        parkedShare: ${share}
`)

test('a share with more decimals than the ledger keeps is refused under its place, not rounded', () => {
  expect(fileWith('0.3333').config.hospitals[0]?.deployments[0]?.parkedShare).toBe(0.3333)
  expect(() => fileWith('0.33335')).toThrow(
    /hospitals\[0\]\.deployments\[0\]\.parkedShare.*write at most 4 decimals/,
  )
})
