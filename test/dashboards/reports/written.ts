/** As a reader of the language writes a number; a stranger to how the product does it. */
export function written(language: 'nl' | 'en', value: number, decimals: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const [thousand, point] = language === 'nl' ? ['.', ','] : [',', '.']
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, thousand)
  return `${value < 0 ? '-' : ''}${grouped}${fraction === undefined ? '' : `${point}${fraction}`}`
}
