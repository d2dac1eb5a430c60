import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { download } from './ask.ts'
import { Problem } from './asked.tsx'

interface FileButtonsProps<Format extends string> {
  readonly formats: readonly Format[]
  readonly titleOf: (format: Format) => string
  /** Where the file is asked for. */
  readonly pathOf: (format: Format) => string
}

/** A button for each form of a file, one at a time: making one may take some seconds. */
export function FileButtons<Format extends string>({ formats, titleOf, pathOf }: FileButtonsProps<Format>) {
  const fetched = useMutation({ mutationFn: (format: Format) => download(pathOf(format)) })
  return (
    <>
      <Group gap="sm">
        {formats.map((format) => (
          <Button
            key={format}
            variant="default"
            loading={fetched.isPending && fetched.variables === format}
            disabled={fetched.isPending}
            onClick={() => fetched.mutate(format)}
          >
            {titleOf(format)}
          </Button>
        ))}
      </Group>
      {fetched.error && <Problem error={fetched.error} />}
    </>
  )
}
