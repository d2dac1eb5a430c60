import type { Html } from './html-text.ts'

/**
 * How the printed report looks: calm, legible in black and white, no part of a table alone on a page. Families by name
 * first: asked for a half-bold of sans-serif, Linux may hand over a bookish serif of that weight.
 */
export const REPORT_STYLE: Html = {
  html: `
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt -apple-system, "Segoe UI", "Noto Sans", "Open Sans", "Liberation Sans", "DejaVu Sans", sans-serif; color: #55606a; } }
body { font: 10.5pt/1.45 -apple-system, "Segoe UI", "Noto Sans", "Open Sans", "Liberation Sans", "DejaVu Sans", sans-serif; color: #1b2328; margin: 0; }
h1 { font-size: 20pt; margin: 0 0 2mm; }
h2 { font-size: 13pt; margin: 8mm 0 2mm; break-after: avoid; }
header p { color: #55606a; margin: 0 0 6mm; }
.cards { display: flex; gap: 4mm; }
.card { flex: 1; border: 0.3mm solid #c3ccd1; border-radius: 2mm; padding: 3mm 4mm; }
.card p { margin: 0; }
.card .label, .card .beneath, .note { color: #55606a; font-size: 9pt; }
td .beneath { color: #55606a; font-size: 0.9em; }
.roomy td:has(.beneath) { min-width: 16mm; }
.card .value { font-size: 20pt; font-weight: 650; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; font-size: 9.5pt; }
th, td { padding: 1.2mm 1.5mm; border-bottom: 0.2mm solid #dde3e6; text-align: end; font-variant-numeric: tabular-nums; }
.dense { font-size: 8pt; line-height: 1.3; }
.dense th, .dense td { padding: 0.4mm 1mm; }
.dense tbody th { width: 27%; }
.dense.wide tbody th { width: 19%; }
.dense.wide { font-size: 7.5pt; line-height: 1.2; }
.dense .beneath { display: inline; }
.dense .beneath::before { content: "; "; }
th { font-weight: 600; }
th:first-child { text-align: start; }
thead th { color: #55606a; vertical-align: bottom; }
tr { break-inside: avoid; }
.bars td.drawn { width: 65%; text-align: start; }
.bar { height: 4mm; background: #14626d; border: 0.3mm solid #14626d; border-radius: 0.6mm; min-width: 0.4mm; }
.bar.below { background: none; }
dt { font-weight: 600; break-after: avoid; }
dd { margin: 0 0 1.5mm; }
li { margin-bottom: 1mm; }
`,
}
