import { openHost } from '../../server/src/connect';
import { askNobody } from '../../server/src/core/run/ask';
import { describeHost } from '../support/ssh-host-contract';

const path = process.env['PATH'];

after(() => {
  process.env['PATH'] = path;
});

describeHost('this machine as a host', (sshd, elevate) => {
  process.env['PATH'] = `${sshd.bin}:${path}`;
  return openHost({ name: 'here', local: true, elevate: elevate ?? 'none' }, { ask: askNobody });
});
