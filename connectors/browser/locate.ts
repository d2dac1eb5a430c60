import type { FrameLocator, Frame, Locator, Page } from 'playwright'
import type { ElementSetting } from './web-system-settings.ts'

/** Where something is looked for: a page, a frame in it, or one part of either. */
export type Scope = Page | Frame | FrameLocator | Locator

/** The page that it is a part of. */
export function pageOf(scope: Scope): Page {
  if ('owner' in scope) return scope.owner().page()
  return 'page' in scope ? scope.page() : scope
}

/** The element that a setting describes. Names, labels and texts must be equal, not merely contain it. */
export function elementOf(scope: Scope, setting: ElementSetting): Locator {
  if ('role' in setting) return scope.getByRole(setting.role, { name: setting.name, exact: true })
  if ('label' in setting) return scope.getByLabel(setting.label, { exact: true })
  if ('text' in setting) return scope.getByText(setting.text, { exact: true })
  return scope.locator(setting.css)
}

/**
 * The element that a screen calls `name`: as this hospital's settings say, else as the screen itself looks for it.
 * @param overrides `WebSystem.locators`
 */
export function locate(
  scope: Scope,
  overrides: Readonly<Record<string, ElementSetting>> | undefined,
  name: string,
  fallback: ElementSetting,
): Locator {
  return elementOf(scope, overrides?.[name] ?? fallback)
}
