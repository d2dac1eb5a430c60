import './zod-without-eval.ts'
import '@mantine/core/styles/default-css-variables.layer.css'
import '@mantine/core/styles/baseline.layer.css'
import '@mantine/core/styles/global.layer.css'
import './styles.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { openLanguages, speakOf } from './languages.ts'
import { openRouter } from './router.tsx'
import { AskError } from './shared/ask.ts'
import { ToldWords } from './shell/told-words.tsx'
import { cssVariables, theme } from './theme.ts'

/** Asking again helps when the server was away, never when it said no. */
const MOST_TRIES = 3
const retry = (tries: number, error: unknown): boolean =>
  tries < MOST_TRIES && (!(error instanceof AskError) || error.status === 0 || error.status >= 502)

/** Not awaited at the top: the words come in a file that may need this one, and each would wait for the other. */
async function start(place: HTMLElement): Promise<void> {
  const languages = await openLanguages()
  const queries = new QueryClient({ defaultOptions: { queries: { retry, staleTime: 5_000 } } })
  const colourScheme = localStorageColorSchemeManager({ key: 'ontregel-colour-scheme' })
  const router = openRouter((parts) => speakOf(languages, parts))
  createRoot(place).render(
    <StrictMode>
      <I18nextProvider i18n={languages}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          colorSchemeManager={colourScheme}
          defaultColorScheme="auto"
        >
          <ToldWords />
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </MantineProvider>
      </I18nextProvider>
    </StrictMode>,
  )
}

const place = document.getElementById('ontregel')
if (!place) throw new Error('index.html has no place for the pages.')
void start(place)
