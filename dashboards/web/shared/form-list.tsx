import { Button, Group, Stack, Text } from '@mantine/core'
import { FormField } from './form-field.tsx'
import { FormFields, FormPart } from './form-group.tsx'
import { titleOf, type FieldProps } from './form-place.ts'
import { asList, asNode, kindOf, newEntry } from './form-values.ts'
import { useTexts } from './use-texts.ts'

/** A list that entries are added to, moved in and taken from. */
export function FormList(props: FieldProps) {
  const { node, path, needed, value, onChange } = props
  const t = useTexts()
  const entry = asNode(node['items'])
  const entries = asList(value)
  const put = (next: readonly unknown[]) => onChange(next.length === 0 && !needed ? undefined : next)
  return (
    <FormPart {...props}>
      {entries.map((each, index) => (
        <Entry
          // An entry has nothing else that tells it from another.
          key={index}
          node={{ ...entry, title: `${titleOf(props)} ${index + 1}`, description: undefined }}
          path={[...path, String(index)]}
          title={titleOf(props)}
          needed
          value={each}
          onChange={(inner) => put(entries.with(index, inner ?? emptied(entry)))}
          place={{ index, of: entries, put }}
        />
      ))}
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        onClick={() => put([...entries, newEntry(entry)])}
        aria-label={`${t('shared.form.add')}: ${titleOf(props)}`}
      >
        {t('shared.form.add')}
      </Button>
    </FormPart>
  )
}

/** An emptied line stays a line until it is taken away. */
const emptied = (entry: FieldProps['node']): unknown => (kindOf(entry) === 'string' ? '' : null)

interface EntryProps extends FieldProps {
  readonly place: {
    readonly index: number
    readonly of: readonly unknown[]
    readonly put: (next: readonly unknown[]) => void
  }
}

function Entry({ place, ...props }: EntryProps) {
  const single = !['object', 'array', 'choice'].includes(kindOf(props.node))
  if (single)
    return (
      <Group gap="sm" align="end">
        <div className="form-entry">
          <FormField {...props} />
        </div>
        <Steps title={titleOf(props)} place={place} />
      </Group>
    )
  return (
    <Stack gap="sm" className="card form-entry" p="md" role="group" aria-label={titleOf(props)}>
      <Group justify="space-between" gap="sm">
        <Text fw={600}>{titleOf(props)}</Text>
        <Steps title={titleOf(props)} place={place} />
      </Group>
      {kindOf(props.node) === 'object' ? <FormFields {...props} /> : <FormField {...props} />}
    </Stack>
  )
}

/** Moves an entry among the others, or takes it away. */
function Steps({ title, place: { index, of, put } }: Pick<EntryProps, 'title' | 'place'>) {
  const t = useTexts()
  const swap = (other: number) => put(of.with(index, of[other]).with(other, of[index]))
  const button = (key: 'up' | 'down' | 'remove', onClick: () => void) => (
    <Button variant="default" size="xs" onClick={onClick} aria-label={`${t(`shared.form.${key}`)}: ${title}`}>
      {t(`shared.form.${key}`)}
    </Button>
  )
  return (
    <Group gap="xs">
      {index > 0 && button('up', () => swap(index - 1))}
      {index < of.length - 1 && button('down', () => swap(index + 1))}
      {button('remove', () => put(of.toSpliced(index, 1)))}
    </Group>
  )
}
