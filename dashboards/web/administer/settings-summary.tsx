import { List, Text } from '@mantine/core'
import { Facts } from '../shared/facts.tsx'
import { useTexts } from '../shared/use-texts.ts'

/** A part of a JSON Schema, or nothing where it does not say more. */
type Schema = Readonly<Record<string, unknown>>
type Fields = Readonly<Record<string, unknown>>

/** Settings for people: by the titles of the robot's own form, lists as lists, lists of groups as a small table. */
export function SettingsSummary({
  settings,
  schema,
}: {
  readonly settings: Fields
  readonly schema: Schema
}) {
  const t = useTexts()
  const names = Object.keys(settings)
  if (names.length === 0) return <Text size="sm">{t('shared.none')}</Text>
  // In the order of the form; what it does not know comes last.
  const order = Object.keys(fieldsOf(schema['properties']))
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const facts = names
    .toSorted((a, b) => place(a) - place(b))
    .map((name) => {
      const field = propertyOf(schema, name)
      const title = titleOf(field, name)
      return { title, value: <SettingValue title={title} value={settings[name]} schema={field} /> }
    })
  return <Facts facts={facts} />
}

interface SettingValueProps {
  readonly title: string
  readonly value: unknown
  readonly schema: Schema
}

function SettingValue({ title, value, schema }: SettingValueProps) {
  const t = useTexts()
  if (value === null || value === undefined || value === '') return t('administer.change.nothing')
  if (typeof value === 'boolean') return t(value ? 'shared.yes' : 'shared.no')
  if (Array.isArray(value)) return <Several title={title} values={value} schema={fieldsOf(schema['items'])} />
  if (typeof value === 'object') return <SettingsSummary settings={fieldsOf(value)} schema={schema} />
  return <span className="breaks">{String(value)}</span>
}

interface SeveralProps {
  readonly title: string
  readonly values: readonly unknown[]
  readonly schema: Schema
}

function Several({ title, values, schema }: SeveralProps) {
  const t = useTexts()
  if (values.length === 0) return t('shared.none')
  const rows = values.map(fieldsOf)
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  if (columns.length === 0)
    return (
      <List size="sm" listStyleType="none">
        {values.map((value, place) => (
          <List.Item key={place}>{String(value)}</List.Item>
        ))}
      </List>
    )
  return (
    <table className="table" aria-label={title}>
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name}>{titleOf(propertyOf(schema, name), name)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, place) => (
          <tr key={place}>
            {columns.map((name) => (
              <td key={name} className="breaks">
                <SettingValue title={name} value={row[name]} schema={propertyOf(schema, name)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const propertyOf = (schema: Schema, name: string): Schema => fieldsOf(fieldsOf(schema['properties'])[name])

function titleOf({ title }: Schema, name: string): string {
  return typeof title === 'string' ? title : name
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
