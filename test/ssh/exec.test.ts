import { describeHost } from '../support/ssh-host-contract';
import { openSsh } from '../support/ssh-hosts';

describeHost('a host over SSH', (sshd, elevate) =>
  openSsh(sshd.destination, { home: sshd.home, ...(elevate === undefined ? {} : { elevate }) }),
);
