// The borders of the design, as checks: who may import whom. A crossed border fails `npm run check`. lib/README.md draws them.
const node = '^(node:)?(fs|net|http|https|timers|crypto|child_process|os|dns|tls|worker_threads)(/|$)';

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'lib/plan knows Temporal and itself: no SDK, no I/O, no ports.',
      severity: 'error',
      from: { path: '^lib/plan/' },
      to: { pathNot: '^(lib/plan/|node_modules/temporal-)' },
    },
    {
      name: 'calendar-at-the-bottom',
      comment:
        'lib/plan: calendar ← the files at the root ← spacing ← planning ← verdict. Each knows those before it.',
      severity: 'error',
      from: { path: '^lib/plan/calendar/' },
      to: { path: '^lib/plan/', pathNot: '^lib/plan/calendar/' },
    },
    {
      name: 'plan-root-below-the-folders',
      severity: 'error',
      from: { path: '^lib/plan/[^/]+$' },
      to: { path: '^lib/plan/(spacing|planning|verdict|review)/' },
    },
    {
      name: 'spacing-below-planning',
      severity: 'error',
      from: { path: '^lib/plan/spacing/' },
      to: { path: '^lib/plan/(planning|verdict)/' },
    },
    {
      name: 'planning-below-verdict',
      severity: 'error',
      from: { path: '^lib/plan/planning/' },
      to: { path: '^lib/plan/verdict/' },
    },
    {
      name: 'review-beside-the-rest',
      comment: 'A review looks at what is written. It judges no plan, and no judgement rests on it.',
      severity: 'error',
      from: { path: '^lib/plan/review/' },
      to: { path: '^lib/plan/(spacing|planning|verdict)/' },
    },
    {
      name: 'nothing-rests-on-a-review',
      severity: 'error',
      from: { path: '^lib/plan/(calendar|spacing|planning|verdict)/' },
      to: { path: '^lib/plan/review/' },
    },
    {
      name: 'review-job-stands-alone',
      severity: 'error',
      from: { path: '^lib/jobs/review/' },
      to: { path: '^lib/jobs/(execute|plan|steps|notices)/' },
    },
    {
      name: 'jobs-use-ports-only',
      comment:
        'The use cases know the domain, the ports and the wording; never an adapter, the settings or an SDK.',
      severity: 'error',
      from: { path: '^lib/jobs/' },
      to: {
        pathNot:
          '^(lib/plan/|lib/jobs/|lib/wording/|lib/ports\\.ts|lib/failures\\.ts|lib/constants\\.ts|node_modules/(temporal-|p-map/))',
      },
    },
    {
      name: 'wording-knows-the-domain-only',
      comment: 'Sentences are made from statements. The domain states, and never speaks.',
      severity: 'error',
      from: { path: '^lib/wording/' },
      to: { pathNot: '^lib/(plan|wording)/' },
    },
    {
      name: 'plan-job-stands-alone',
      severity: 'error',
      from: { path: '^lib/jobs/plan/' },
      to: { path: '^lib/jobs/(execute|steps)/' },
    },
    {
      name: 'execute-job-stands-alone',
      severity: 'error',
      from: { path: '^lib/jobs/execute/' },
      to: { path: '^lib/jobs/plan/' },
    },
    {
      name: 'steps-below-execute',
      severity: 'error',
      from: { path: '^lib/jobs/steps/' },
      to: { path: '^lib/jobs/(execute|plan)/' },
    },
    {
      name: 'ports-know-the-domain-only',
      comment: 'What the jobs need of the world is said in the words of the domain.',
      severity: 'error',
      from: { path: '^lib/(step-)?ports\\.ts$' },
      to: { pathNot: '^lib/(plan/|step-ports\\.ts$)' },
    },
    {
      name: 'constants-know-nothing',
      severity: 'error',
      from: { path: '^lib/constants\\.ts$' },
      to: { path: '.' },
    },
    {
      name: 'secrets-know-nothing',
      severity: 'error',
      from: { path: '^lib/secrets\\.ts$' },
      to: { path: '.' },
    },
    {
      name: 'failures-know-faults-only',
      severity: 'error',
      from: { path: '^lib/failures\\.ts$' },
      to: { pathNot: '^lib/((plan|wording)/fault|secrets)\\.ts$' },
    },
    {
      name: 'settings-know-the-domain-only',
      comment: 'The settings say what is wanted. They open nothing and know no adapter.',
      severity: 'error',
      from: { path: '^lib/settings/' },
      to: {
        pathNot:
          '^(lib/(settings|plan)/|lib/alibaba/(ecs/endpoints|tablestore/tables)\\.ts$|lib/channels/addresses\\.ts$|lib/(failures|constants)\\.ts$|node_modules/(valibot|temporal-|croner/))',
      },
    },
    {
      name: 'alibaba-below-the-wiring',
      comment: 'lib/runtime and lib/cli open the adapters; no adapter knows who opens it.',
      severity: 'error',
      from: { path: '^lib/alibaba/' },
      to: {
        path: '^(lib|functions)/',
        pathNot: '^lib/((alibaba|plan|wording)/|(ports|failures|constants|secrets)\\.ts$)',
      },
    },
    {
      name: 'channels-know-notices-only',
      comment: 'Who brings a notice to a receiver knows no plan, no job and no table, and no SDK.',
      severity: 'error',
      from: { path: '^lib/channels/' },
      to: {
        pathNot:
          '^(lib/(channels/|plan/(notice|calendar/(instant|parsed))\\.ts$|(ports|constants)\\.ts$)|node_modules/temporal-|(node:)?crypto$)',
      },
    },
    {
      name: 'pages-draw-only',
      comment:
        'A page is drawn from plans and words. It reads no row, no setting and no file, and knows no clock.',
      severity: 'error',
      from: { path: '^lib/page/' },
      to: {
        pathNot: '^(lib/(page|plan|wording)/|node_modules/(@observablehq/plot|linkedom|temporal-))',
      },
    },
    {
      name: 'marks-are-pure',
      comment: 'What is drawn is decided apart from the drawing.',
      severity: 'error',
      from: { path: '^lib/page/marks/' },
      to: { pathNot: '^(lib/(page/marks|plan)/|node_modules/temporal-)' },
    },
    {
      name: 'runtime-opens-the-ports',
      severity: 'error',
      from: { path: '^lib/runtime/' },
      to: {
        path: '^(lib|functions)/',
        pathNot: '^lib/((runtime|settings|alibaba|channels|plan)/|(ports|failures|constants|secrets)\\.ts$)',
      },
    },
    {
      name: 'commands-run-no-job',
      comment:
        'Those that run one start its handler, as Function Compute does: lib/cli/handlers.ts alone. The review only looks back.',
      severity: 'error',
      from: { path: '^lib/cli/', pathNot: '^lib/cli/handlers\\.ts$' },
      to: {
        path: '^(lib|functions)/',
        pathNot:
          '^lib/((cli|settings|alibaba|channels|page|plan|wording|jobs/review)/|jobs/report\\.ts$|runtime/(clock|open-review-ports)\\.ts$|(failures|constants|secrets)\\.ts$)',
      },
    },
    {
      name: 'handlers-wire-only',
      comment:
        'A handler joins settings, ports and a job. It knows of lib/alibaba only the SDK, which it loads ahead of time.',
      severity: 'error',
      from: { path: '^functions/', pathNot: '^functions/bundle/' },
      to: {
        path: '^(lib|functions)/',
        pathNot: '^(lib/(runtime|settings|jobs)/|lib/alibaba/ecs/sdk-api\\.ts$|functions/)',
      },
    },
    {
      name: 'sdks-in-alibaba-only',
      comment: 'Alibaba Cloud SDKs are spoken to in lib/alibaba and nowhere else in the product.',
      severity: 'error',
      from: { path: '^(functions|lib)/', pathNot: '^lib/alibaba/' },
      to: { path: '^node_modules/(@alicloud|@darabonba|tablestore)/' },
    },
    {
      name: 'cloud-knows-nothing-of-lib',
      comment: 'The local cloud cannot share the faults of the code that it tests.',
      severity: 'error',
      from: { path: '^test/cloud/' },
      to: { path: '^(lib|functions)/' },
    },
    {
      name: 'observer-knows-nothing-of-lib',
      comment:
        'Whoever judges shares no definition with the code that is judged, nor with those who play it.',
      severity: 'error',
      from: { path: '^test/observer/' },
      to: { path: '^(lib|functions|test/(simulation|demo|in-process|jobs|plan))/' },
    },
    {
      name: 'product-knows-nothing-of-test',
      severity: 'error',
      from: { path: '^(lib|functions)/' },
      to: { path: '^test/' },
    },
    {
      name: 'domain-and-jobs-without-io',
      severity: 'error',
      from: { path: '^lib/(plan|jobs)/' },
      to: { path: node },
    },
    {
      name: 'product-knows-nothing-of-its-build',
      severity: 'error',
      from: { path: '^(lib|functions)/', pathNot: '^functions/bundle/' },
      to: { path: '^functions/bundle/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-dev-dependency-in-product',
      comment: 'functions/bundle makes the product and is no part of it.',
      severity: 'error',
      from: { path: '^(lib|functions)/', pathNot: '^functions/bundle/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
