import type { KernelReport } from './document';
import { COLORS, drawChart } from './draw-chart';
import { roofline } from './roofline';

/** Share of the possible that each kernel reaches, coloured by the roof that bounds it. */
export function kernelChart({ kernels, roofs }: KernelReport): Promise<string> {
  const values = kernels
    .map((time) => roofline(time, roofs))
    .map(({ kernel, share, bound }) => ({ kernel, share, bound: `bound by ${bound}` }));
  return drawChart({
    width: 420,
    height: { step: 20 },
    description: 'Share of the possible that each kernel reaches',
    data: { values },
    layer: [
      {
        mark: { type: 'bar', height: 13 },
        encoding: {
          y: {
            field: 'kernel',
            type: 'nominal',
            sort: values.map(({ kernel }) => kernel),
            title: null,
            axis: { labelFontSize: 12 },
          },
          x: {
            field: 'share',
            type: 'quantitative',
            title: 'reached / possible',
            axis: { format: '.0%', tickCount: 6 },
          },
          color: {
            field: 'bound',
            type: 'nominal',
            scale: { domain: ['bound by compute', 'bound by memory'], range: [COLORS[0]!, COLORS[1]!] },
            legend: { orient: 'bottom' },
          },
        },
      },
      { mark: { type: 'rule', color: '#1c2330', strokeDash: [4, 3] }, encoding: { x: { datum: 1 } } },
    ],
  });
}
