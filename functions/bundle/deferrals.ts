// What Alibaba's SDKs load at once although the functions never use it. It takes a third of the time that their modules need
// at a cold start, and 5 MB. To find more: `node --cpu-prof -e "require('./dist/plan')"`.
import type { Deferral } from './deferral.ts';

/** All deferrals. The build fails if one of them no longer fits its file. */
export const deferrals: readonly Deferral[] = [
  // Merging, dates and XML of the SDK's generated code for other products.
  {
    file: '@darabonba/typescript/dist/func.js',
    declaration: 'var _ = __importStar(require("lodash"));',
  },
  {
    file: '@darabonba/typescript/dist/date.js',
    declaration: 'var moment_1 = __importDefault(require("moment"));',
  },
  {
    file: '@darabonba/typescript/dist/xml.js',
    declaration: 'var xml2js_1 = require("xml2js");',
  },
  // Web sockets and their proxies.
  {
    file: '@darabonba/typescript/dist/websocket.js',
    declaration: 'var ws_1 = __importDefault(require("ws"));',
  },
  {
    file: '@darabonba/typescript/dist/websocket.js',
    declaration: 'var https_proxy_agent_1 = __importDefault(require("https-proxy-agent"));',
  },
  {
    file: '@darabonba/typescript/dist/websocket.js',
    declaration: 'var http_proxy_agent_1 = __importDefault(require("http-proxy-agent"));',
  },
  {
    file: '@darabonba/typescript/dist/websocket.js',
    declaration: 'var socks_proxy_agent_1 = require("socks-proxy-agent");',
  },
  // Ways to find credentials. The functions get theirs from Function Compute.
  {
    file: '@alicloud/openapi-core/dist/client.js',
    declaration:
      'const credentials_1 = __importStar(require("@alicloud/credentials")), $Credential = credentials_1;',
  },
  {
    file: '@alicloud/openapi-core/dist/utils.js',
    declaration: 'const credentials_1 = __importDefault(require("@alicloud/credentials"));',
  },
  {
    file: '@alicloud/gateway-spi/dist/client.js',
    declaration: 'const credentials_1 = __importDefault(require("@alicloud/credentials"));',
  },
];
