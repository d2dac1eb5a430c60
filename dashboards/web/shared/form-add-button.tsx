import { Button } from '@mantine/core'
import type { IconButtonProps } from '@rjsf/utils'
import { useTexts } from './use-texts.ts'

/** A button with a word, where the library has a small picture. */
export function AddItemButton({ id, disabled, onClick, className }: IconButtonProps) {
  const t = useTexts()
  return (
    <Button
      variant="default"
      size="xs"
      {...(id === undefined ? {} : { id })}
      {...(className === undefined ? {} : { className })}
      disabled={disabled === true}
      {...(onClick ? { onClick } : {})}
    >
      {t('shared.form.add')}
    </Button>
  )
}
