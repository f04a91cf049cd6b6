import { replicationTests } from './replication';

replicationTests('direct');
