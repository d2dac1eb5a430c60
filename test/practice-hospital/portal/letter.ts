import { PDFDocument, rgb, StandardFonts } from 'pdf-lib'
import { letterText, type Referral } from './referrals.ts'

/** The referral letter as PDF. An `empty-pdf` shows grey bars as a bad scan would, and holds no text. */
export async function letterPdf(referral: Referral): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const sheet = document.addPage([595, 842])
  if (referral.letter === 'empty-pdf') {
    for (let line = 0; line < 20; line += 1)
      sheet.drawRectangle({ x: 60, y: 740 - line * 24, width: 470, height: 9, color: rgb(0.8, 0.8, 0.8) })
    return document.save()
  }
  const font = await document.embedFont(StandardFonts.Helvetica)
  const lines = [`Verwijsbrief ${referral.number}`, ...letterText(referral)]
  lines.forEach((line, index) =>
    sheet.drawText(printable(line), { x: 60, y: 760 - index * 28, size: 11, font }),
  )
  return document.save()
}

/** The standard fonts of a PDF know only the letters of Windows-1252: the others lose their accent. */
function printable(text: string): string {
  return [...text]
    .map((letter) => (/[\u0020-\u007e\u00a0-\u00ff’šžŠŽ]/.test(letter) ? letter : withoutAccent(letter)))
    .join('')
}

function withoutAccent(letter: string): string {
  return letter.normalize('NFD').replace(/[^\u0020-\u007e]/g, '') || '?'
}
