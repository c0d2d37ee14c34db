// The parts of Apache ECharts that <time-chart> draws with. They are a chunk of their own, fetched when a chart is shown.
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([AriaComponent, BarChart, GridComponent, LineChart, SVGRenderer, TooltipComponent]);

export { init };
