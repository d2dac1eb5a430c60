import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface Target {
  /** A full path such as `/hospitals/oost/items`; filled in, without `$`. */
  readonly to: string
  /** What stands after the question mark; nothing of a patient. */
  readonly search?: Readonly<Record<string, string | undefined>>
  readonly children: ReactNode
}

/** A link to another page, without loading everything again. */
export function PageLink({ to, search, children, ...rest }: Target & AnchorProps) {
  return (
    <Anchor renderRoot={(props) => <Link to={to} search={{ ...search }} {...props} />} {...rest}>
      {children}
    </Anchor>
  )
}

/** A link that looks like a button, for the next thing to do. */
export function ButtonLink({ to, search, children, ...rest }: Target & ButtonProps) {
  return (
    <Button renderRoot={(props) => <Link to={to} search={{ ...search }} {...props} />} {...rest}>
      {children}
    </Button>
  )
}
