import { Title } from '@mantine/core'
import { titleId, type ArrayFieldTitleProps, type TitleFieldProps } from '@rjsf/utils'

/** The heading of fields that belong together, one below the card they stand in. */
export function fieldsTitle({ id, title }: TitleFieldProps<unknown>) {
  return fieldsTitleOf(id, title)
}

function fieldsTitleOf(id: string, title: string) {
  if (title === '') return null
  return (
    <Title order={3} id={id}>
      {title}
    </Title>
  )
}

/** The same for a list: the library's own heading would leave out a level. */
export function listTitle({ fieldPathId, title }: ArrayFieldTitleProps<unknown>) {
  return fieldsTitleOf(titleId(fieldPathId), title ?? '')
}
