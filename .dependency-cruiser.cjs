// The borders of the design, as checks: who may import whom. A broken border fails `npm run check`.
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
      name: 'jobs-use-ports-only',
      comment:
        'The use cases know the domain, the ports and the types of the settings; never an adapter or an SDK.',
      severity: 'error',
      from: { path: '^lib/jobs/' },
      to: {
        pathNot:
          '^(lib/plan/|lib/jobs/|lib/ports\\.ts|lib/errors\\.ts|lib/defaults\\.ts|node_modules/temporal-)',
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
