import { CloseButton, Title } from '@mantine/core'
import { useId, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useTexts } from './use-texts.ts'

export interface DialogProps {
  readonly title: string
  readonly children: ReactNode
  /** Told by Escape, the cross and a press beside it; who shows it takes it away then. */
  readonly onClose: () => void
}

/**
 * A dialog over the page, which cannot be reached meanwhile: the browser's own, that holds the focus and gives it back.
 * The focus begins at `data-autofocus` when something in it has that.
 */
export function Dialog({ title, children, onClose }: DialogProps) {
  const t = useTexts()
  const id = useId()
  const dialog = useShown()
  return createPortal(
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        // A file field within says the same when nothing is chosen.
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget && isBeside(event)) onClose()
      }}
    >
      <div className="dialog-content">
        <div className="dialog-head">
          <Title order={2} id={id} size="h3">
            {title}
          </Title>
          <CloseButton aria-label={t('shared.close')} onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>,
    document.body,
  )
}

/** Whether a press was outside the dialog's own box: its scrollbar is the dialog itself too, as the page behind it is. */
function isBeside({ currentTarget, clientX, clientY }: MouseEvent<HTMLDialogElement>): boolean {
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect()
  return clientX < left || clientX > right || clientY < top || clientY > bottom
}

/** Shown for as long as it is there. Before the next picture, so that closing finds it still in its place. */
function useShown() {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    shown?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => shown?.close()
  }, [])
  return dialog
}
