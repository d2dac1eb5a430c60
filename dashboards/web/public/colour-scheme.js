// Before the first paint, so that nobody who chose dark is flashed with white. A file, not inline: the content policy allows no inline script.
const chosen = localStorage.getItem('ontregel-colour-scheme')
const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
