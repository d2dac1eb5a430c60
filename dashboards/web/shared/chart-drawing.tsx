import '@mantine/charts/styles.layer.css'
import { BarChart, LineChart } from '@mantine/charts'
import type { ChartProps } from './chart.tsx'

/** The drawing alone, with the code of the charts; `Chart` brings it when one is shown first. */
export default function ChartDrawing({ kind, series, points, format = String, height = 240 }: ChartProps) {
  const shared = {
    h: height,
    dataKey: 'label',
    data: points.map(({ label, values }) => ({ label, ...values })),
    series: series.map(({ key, title, color }) => ({ name: key, label: title, color })),
    valueFormatter: format,
    withLegend: series.length > 1,
    tickLine: 'none' as const,
    gridAxis: 'x' as const,
    // Between two and three items there is nothing.
    yAxisProps: {
      allowDecimals: !points.every(({ values }) => Object.values(values).every(Number.isInteger)),
    },
  }
  // Nothing moves: a chart that grows is no clearer, and a picture taken of it is the same each time.
  if (kind === 'line')
    return <LineChart {...shared} curveType="linear" lineProps={{ isAnimationActive: false }} />
  return (
    <BarChart
      {...shared}
      type={kind === 'stacked' ? 'stacked' : 'default'}
      barProps={{ isAnimationActive: false, maxBarSize: 36 }}
    />
  )
}
